// What keeps events quiet: silences and maintenance windows.
import { z } from 'zod'
import { idInPath } from '../../schemas/input.ts'
import { matchCounts, matcher, silence, silenceIn, silencePatch, silencesQuery } from '../../schemas/silences.ts'
import { maintenanceWindowIn, maintenanceWindowOut, maintenanceWindowPatch } from '../../schemas/maintenance-windows.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

const silenceParams = z.object({ silence_id: idInPath })
const windowParams = z.object({ window_id: idInPath })

export const silences = {
  listSilences: operation({
    method: 'GET',
    path: `${BASE}/silences`,
    summary: 'Silences to come, in force and past, those that end last first',
    query: silencesQuery,
    status: 200,
    answer: z.array(silence),
  }),
  createSilence: operation({
    method: 'POST',
    path: `${BASE}/silences`,
    summary: 'Keep matching events quiet for a time; they are recorded all the same',
    body: silenceIn,
    status: 201,
    answer: silence,
    errors: BODY_ERRORS,
  }),
  previewSilence: operation({
    method: 'POST',
    path: `${BASE}/silences/preview`,
    summary: 'How much a silence or a maintenance window would match now; nothing is stored',
    body: matcher,
    status: 200,
    answer: matchCounts,
    errors: BODY_ERRORS,
  }),
  updateSilence: operation({
    method: 'PATCH',
    path: `${BASE}/silences/:silence_id`,
    summary: 'Change the fields that are given of a silence that is not over',
    params: silenceParams,
    body: silencePatch,
    status: 200,
    answer: silence,
    errors: [...BODY_ERRORS, 404],
  }),
  endSilence: operation({
    method: 'PATCH',
    path: `${BASE}/silences/:silence_id/end`,
    summary: 'End a silence now; it stays among the past ones',
    params: silenceParams,
    status: 200,
    answer: silence,
    errors: [400, 404],
  }),
  listMaintenanceWindows: operation({
    method: 'GET',
    path: `${BASE}/maintenance-windows`,
    summary: 'All maintenance windows, each with its present or next occurrence',
    status: 200,
    answer: z.array(maintenanceWindowOut),
  }),
  createMaintenanceWindow: operation({
    method: 'POST',
    path: `${BASE}/maintenance-windows`,
    summary: 'Keep matching events quiet again and again, on days of the week',
    body: maintenanceWindowIn,
    status: 201,
    answer: maintenanceWindowOut,
    errors: BODY_ERRORS,
  }),
  updateMaintenanceWindow: operation({
    method: 'PATCH',
    path: `${BASE}/maintenance-windows/:window_id`,
    summary: 'Change the fields that are given',
    params: windowParams,
    body: maintenanceWindowPatch,
    status: 200,
    answer: maintenanceWindowOut,
    errors: [...BODY_ERRORS, 404],
  }),
  deleteMaintenanceWindow: operation({
    method: 'DELETE',
    path: `${BASE}/maintenance-windows/:window_id`,
    summary: 'Delete a maintenance window; events that it keeps quiet are heard',
    params: windowParams,
    status: 204,
    errors: [404],
  }),
} as const
