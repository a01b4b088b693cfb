// Events, wired: the recorder that raises them, what the engineer does with them, and what silences them.
import { toIso } from '../../../shared/domain/time.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import { createEventActions } from './actions.ts'
import { createIncidentService } from './incident-service.ts'
import { startIncidentUpdates } from './incident-updates.ts'
import { createRecorder } from './recorder.ts'
import { createSilenceService } from './silencing/service.ts'
import { createSilences } from './silencing/silences.ts'
import { createMaintenanceWindows } from './silencing/windows.ts'

interface Deps {
  log: Log
  store: Store
  feed: ChangeFeed
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export type Events = ReturnType<typeof createEvents>

export function createEvents(deps: Deps) {
  const { store, clock } = deps
  const silencing = createSilenceService(deps)
  const actions = createEventActions({ ...deps, silencing })
  const silences = createSilences({ ...deps, silencing })
  const endUpdates = startIncidentUpdates(deps)
  return {
    recorder: createRecorder({ ...store, now: () => toIso(clock.now()), activeSilence: silencing.activeSilence }),
    actions,
    incidents: createIncidentService({ store, actions, silencing, silences }),
    silencing,
    silences,
    /** After the last change of an event. */
    end: endUpdates,
    windows: createMaintenanceWindows({ ...deps, silencing }),
  }
}
