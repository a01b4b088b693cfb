// One reminder of each NO_DATA event that stays open.
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import { HOUR, toIso } from '../../../../shared/domain/time.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import type { Store } from '../../store/types/store.ts'
import { MAX_GRACE, type Staleness } from './staleness.ts'

/** Alertmanager's default for `repeat_interval`. */
const REMIND_AFTER = 4 * HOUR

export interface Reminders {
  isDue(event: StoredEvent): boolean
  /** Inside a transaction: nothing if the timeline already has a reminder from before a restart. */
  remind(event: StoredEvent): Change[]
}

interface Deps {
  store: Pick<Store, 'events' | 'changes'>
  staleness: Staleness
}

export function createReminders({ store: { events, changes }, staleness }: Deps): Reminders {
  const reminded = new Set<number>()
  return {
    isDue: ({ id, status, silenced_by, detected_at }) =>
      status === 'OPEN' &&
      !silenced_by &&
      !reminded.has(id) &&
      staleness.now() - Date.parse(detected_at) >= REMIND_AFTER &&
      staleness.uptimeSinceWake() > MAX_GRACE,
    remind(event) {
      reminded.add(event.id)
      if (events.timeline(event.id).some(({ kind }) => kind === 'reminded')) return []
      events.addToTimeline(event.id, { at: toIso(staleness.now()), kind: 'reminded', who: TOCSIN, comment: null })
      return [changes.append('event_reminded', event)]
    },
  }
}
