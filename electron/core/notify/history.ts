// Keeps what the user was notified of: a line in the log of notifications, and on each event when it was first part of one.
import { toIso } from '../../../shared/domain/time.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import type { NotificationReason } from '../../../shared/schemas/notification.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import { mostSevere } from './message.ts'

interface Deps {
  store: Pick<Store, 'events' | 'notifications' | 'transaction'>
  /** Milliseconds since 1970. */
  now(): number
  log: Log
}

export interface NotificationHistory {
  /** @param events of one incident, at least one */
  add(reason: NotificationReason, events: readonly Event[]): void
}

export function createNotificationHistory({ store, now, log }: Deps): NotificationHistory {
  function write(reason: NotificationReason, events: readonly Event[]): void {
    const at = now()
    const { id, incident_id, severity, title } = mostSevere(events)
    const sources = new Set(events.map(({ source }) => source)).size
    const counts = { events: events.length, sources }
    store.notifications.add({ at, incident_id, event_id: id, reason, severity, title, ...counts })
    if (reason === 'resolved') return
    for (const { id, notified_at } of events)
      if (notified_at === null && store.events.get(id)) store.events.update(id, { notified_at: toIso(at) })
  }

  return {
    add(reason, events) {
      try {
        store.transaction(() => write(reason, events))
      } catch (error) {
        log.warn({ err: error }, 'Could not log a notification')
      }
    },
  }
}
