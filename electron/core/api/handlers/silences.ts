// Silences and maintenance windows.
import type { Silences } from '../../events/silencing/silences.ts'
import type { MaintenanceWindows } from '../../events/silencing/windows.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  silences: Silences
  windows: MaintenanceWindows
}

type SilenceHandlers = Pick<
  Handlers,
  | 'listSilences'
  | 'createSilence'
  | 'previewSilence'
  | 'updateSilence'
  | 'endSilence'
  | 'listMaintenanceWindows'
  | 'createMaintenanceWindow'
  | 'updateMaintenanceWindow'
  | 'deleteMaintenanceWindow'
>

export const silenceHandlers = ({ silences, windows }: Deps): SilenceHandlers => ({
  listSilences: ({ query: { limit, offset } }) => silences.list(limit, offset),
  createSilence: ({ body }) => silences.create(body),
  updateSilence: ({ params, body }) => silences.update(params.silence_id, body),
  endSilence: ({ params }) => silences.end(params.silence_id),
  previewSilence: ({ body }) => silences.preview(body),
  listMaintenanceWindows: () => windows.list(),
  createMaintenanceWindow: ({ body }) => windows.create(body),
  updateMaintenanceWindow: ({ params, body }) => windows.update(params.window_id, body),
  deleteMaintenanceWindow: ({ params }) => windows.remove(params.window_id),
})
