// The program itself: summary, drills, settings, health, backups and token.
import { backup, backups } from '../../schemas/backup.ts'
import { health, noticeParams } from '../../schemas/health.ts'
import { modelsOut } from '../../schemas/model.ts'
import { settingsOut, settingsPatch, tokenOut } from '../../schemas/settings.ts'
import { simulationIn, simulationOut } from '../../schemas/simulation.ts'
import { summary, summaryQuery } from '../../schemas/summary.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

export const program = {
  getSummary: operation({
    method: 'GET',
    path: `${BASE}/summary`,
    summary: 'Get summary statistics of the last hours',
    query: summaryQuery,
    status: 200,
    answer: summary,
  }),
  simulate: operation({
    method: 'POST',
    path: `${BASE}/simulate`,
    summary: 'Run a drill on a shadow series; the response has the result of its evaluation',
    body: simulationIn,
    status: 200,
    answer: simulationOut,
    errors: [...BODY_ERRORS, 503],
    slow: true,
  }),
  getSettings: operation({
    method: 'GET',
    path: `${BASE}/settings`,
    summary: 'Get the settings and information about the installation',
    status: 200,
    answer: settingsOut,
  }),
  updateSettings: operation({
    method: 'PATCH',
    path: `${BASE}/settings`,
    summary: 'Change the given settings',
    body: settingsPatch,
    status: 200,
    answer: settingsOut,
    errors: BODY_ERRORS,
  }),
  listModels: operation({
    method: 'GET',
    path: `${BASE}/settings/llm/models`,
    summary: 'List the models of the language model server',
    status: 200,
    answer: modelsOut,
    errors: [409, 502, 503, 504],
    slow: true,
  }),
  getHealth: operation({
    method: 'GET',
    path: `${BASE}/health`,
    summary: 'Get the system status',
    status: 200,
    answer: health,
  }),
  dismissNotice: operation({
    method: 'DELETE',
    path: `${BASE}/notices/:notice_id`,
    summary: 'Dismiss a notice of `GET health`',
    params: noticeParams,
    status: 204,
    errors: [404, 503],
  }),
  createBackup: operation({
    method: 'POST',
    path: `${BASE}/backups`,
    summary: 'Create a backup of the database in the data folder; the answer comes after the backup was verified',
    status: 201,
    answer: backup,
    errors: [409, 503],
    slow: true,
  }),
  listBackups: operation({
    method: 'GET',
    path: `${BASE}/backups`,
    summary: 'List the backups in the data folder',
    status: 200,
    answer: backups,
  }),
  getToken: operation({
    method: 'GET',
    path: `${BASE}/token`,
    summary: 'Get the API token',
    status: 200,
    answer: tokenOut,
  }),
  rotateToken: operation({
    method: 'POST',
    path: `${BASE}/token/rotate`,
    summary: 'Replace the API token; scripts, browsers and streams with the old token lose access',
    status: 200,
    answer: tokenOut,
  }),
} as const
