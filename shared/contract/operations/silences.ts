// Silences and maintenance windows.
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
    summary: 'List scheduled, active and expired silences, sorted by end, latest first',
    query: silencesQuery,
    status: 200,
    answer: z.array(silence),
  }),
  createSilence: operation({
    method: 'POST',
    path: `${BASE}/silences`,
    summary: 'Create a silence; matching events are recorded but do not notify',
    body: silenceIn,
    status: 201,
    answer: silence,
    errors: BODY_ERRORS,
  }),
  previewSilence: operation({
    method: 'POST',
    path: `${BASE}/silences/preview`,
    summary: 'Count what a silence or a maintenance window would match now; nothing is stored',
    body: matcher,
    status: 200,
    answer: matchCounts,
    errors: BODY_ERRORS,
  }),
  updateSilence: operation({
    method: 'PATCH',
    path: `${BASE}/silences/:silence_id`,
    summary: 'Change the given fields of a silence that has not expired',
    params: silenceParams,
    body: silencePatch,
    status: 200,
    answer: silence,
    errors: [...BODY_ERRORS, 404],
  }),
  endSilence: operation({
    method: 'PATCH',
    path: `${BASE}/silences/:silence_id/end`,
    summary: 'Expire a silence now; it stays in the list',
    params: silenceParams,
    status: 200,
    answer: silence,
    errors: [400, 404],
  }),
  listMaintenanceWindows: operation({
    method: 'GET',
    path: `${BASE}/maintenance-windows`,
    summary: 'List maintenance windows, each with its current or next occurrence',
    status: 200,
    answer: z.array(maintenanceWindowOut),
  }),
  createMaintenanceWindow: operation({
    method: 'POST',
    path: `${BASE}/maintenance-windows`,
    summary: 'Create a maintenance window, which silences matching events on days of the week',
    body: maintenanceWindowIn,
    status: 201,
    answer: maintenanceWindowOut,
    errors: BODY_ERRORS,
  }),
  updateMaintenanceWindow: operation({
    method: 'PATCH',
    path: `${BASE}/maintenance-windows/:window_id`,
    summary: 'Change the given fields of a maintenance window',
    params: windowParams,
    body: maintenanceWindowPatch,
    status: 200,
    answer: maintenanceWindowOut,
    errors: [...BODY_ERRORS, 404],
  }),
  deleteMaintenanceWindow: operation({
    method: 'DELETE',
    path: `${BASE}/maintenance-windows/:window_id`,
    summary: 'Delete a maintenance window; the open events that it silences notify',
    params: windowParams,
    status: 204,
    errors: [404],
  }),
} as const
