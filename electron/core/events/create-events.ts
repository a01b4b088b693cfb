// Wires the room: silencing, the recorder, and the services that act on events and incidents.
import { toIso } from '../../../shared/domain/time.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Clock } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import { createEventActions } from './actions.ts'
import { createIncidentService } from './incident-service.ts'
import { createOrphanedEvents } from './orphaned-events.ts'
import { createRecorder } from './recorder.ts'
import { createSilenceService } from './silencing/service.ts'
import { createSilences } from './silencing/silences.ts'
import { createMaintenanceWindows } from './silencing/windows.ts'

interface Deps {
  store: Store
  feed: ChangeFeed
  clock: Clock
  /** The name of the person at this machine. */
  user: string
  activeRules: Parameters<typeof createOrphanedEvents>[0]['activeRules']
}

export type EventsRoom = ReturnType<typeof createEvents>

export function createEvents({ store, feed, clock, user, activeRules }: Deps) {
  const now = () => toIso(clock.now())
  const silenceService = createSilenceService({ store, feed, clock, user })
  const actions = createEventActions({ store, feed, clock, user })
  const orphanedEvents = createOrphanedEvents({ store, activeRules, now })
  // Events that an earlier run left without a rule end now.
  store.transaction(orphanedEvents.endAll)
  return {
    silenceService,
    silences: createSilences({ store, silenceService, clock, user }),
    windows: createMaintenanceWindows({ store, silenceService, clock, user }),
    recorder: createRecorder({ ...store, now, activeSilence: silenceService.activeSilence }),
    orphanedEvents,
    actions,
    incidents: createIncidentService({ store, actions, silences: silenceService }),
  }
}
