// The program itself: its summary, drills, settings, health, backups and token.
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
    summary: 'The last hours in numbers',
    query: summaryQuery,
    status: 200,
    answer: summary,
  }),
  simulate: operation({
    method: 'POST',
    path: `${BASE}/simulate`,
    summary: 'Run a drill on a shadow of a series and answer when it was judged',
    body: simulationIn,
    status: 200,
    answer: simulationOut,
    errors: [...BODY_ERRORS, 503],
    slow: true,
  }),
  getSettings: operation({
    method: 'GET',
    path: `${BASE}/settings`,
    summary: 'The settings of the program, and what it tells of itself',
    status: 200,
    answer: settingsOut,
  }),
  updateSettings: operation({
    method: 'PATCH',
    path: `${BASE}/settings`,
    summary: 'Change the settings that are given',
    body: settingsPatch,
    status: 200,
    answer: settingsOut,
    errors: BODY_ERRORS,
  }),
  listModels: operation({
    method: 'GET',
    path: `${BASE}/settings/llm/models`,
    summary: "Ask the language model's server which models it has",
    status: 200,
    answer: modelsOut,
    errors: [409, 502, 503, 504],
    slow: true,
  }),
  getHealth: operation({
    method: 'GET',
    path: `${BASE}/health`,
    summary: 'How Tocsin itself is',
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
    summary:
      'Copy the database, as it is now, into one file in the data folder; answers when it is whole and was checked',
    status: 201,
    answer: backup,
    errors: [409, 503],
    slow: true,
  }),
  listBackups: operation({
    method: 'GET',
    path: `${BASE}/backups`,
    summary: 'The backups in the data folder',
    status: 200,
    answer: backups,
  }),
  getToken: operation({
    method: 'GET',
    path: `${BASE}/token`,
    summary: 'The token for scripts',
    status: 200,
    answer: tokenOut,
  }),
  rotateToken: operation({
    method: 'POST',
    path: `${BASE}/token/rotate`,
    summary: 'Put a new token in its place; scripts, browsers and streams that know the old one are out',
    status: 200,
    answer: tokenOut,
  }),
} as const
