// Notifies the user of an incident once, with all of its events. It waits for a moment first, since events of one cause are
// raised one after the other.
//
// As for the stream, the change log is the only source. The position in it is saved, so that a program that was killed
// notifies the rest at its next start.
import { isOfEvent, type AnyChange, type Change } from '../../../shared/schemas/change.ts'
import type { Severity } from '../../../shared/schemas/event.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { adoptionMessage } from './adoption.ts'
import { formatNotification, type NotificationMessage } from './message.ts'
import { createDeduplicator, type DeduplicatorMemory } from './deduplicator.ts'
import { createNotificationHistory } from './history.ts'
import { createPendingIncidents, type PendingIncident } from './pending-incidents.ts'

/** Changes read from the log at a time. */
const PAGE = 500
/** Changes after which the position is saved, far fewer than the log holds. */
const SAVE_EVERY = 1000
/** Setting. Databases of earlier versions have it under this name. */
const KEY = 'told'

interface SavedPosition extends DeduplicatorMemory {
  /** The newest change before which nothing is left to notify. */
  upTo: number
}

interface Deps {
  store: Pick<Store, 'changes' | 'events' | 'notifications' | 'settings' | 'transaction'>
  /** Milliseconds since 1970. */
  now(): number
  feed: Pick<ChangeFeed, 'subscribe'>
  log: Log
  /** The newest change when the program started: without a saved position, notifications begin after it. */
  newest: number
  /** Whether notifications of a severity are enabled now. */
  isEnabled(severity: Severity): boolean
  notify(message: NotificationMessage): void
}

/** Begins with what has not been notified yet. Returns a function that stops the notifier. */
export function startNotifier({ store, now, feed, log, newest, isEnabled, notify }: Deps): () => void {
  const saved = JSON.parse(store.settings.get(KEY) ?? 'null') as SavedPosition | null
  const deduplicator = createDeduplicator(isEnabled, saved ?? undefined)
  let position = saved?.upTo ?? newest
  let savedAt = position
  const pending = createPendingIncidents(send)
  const history = createNotificationHistory({ store, now, log })

  function apply(change: Change): void {
    const { id, event } = change
    position = id
    const adoption = adoptionMessage(change, store.events, isEnabled)
    if (adoption) notify(adoption)
    const reason = deduplicator.reasonToNotify(change)
    if (deduplicator.hasEnded(change)) history.add('resolved', [event])
    const incident =
      pending.get(event.incident_id) ?? (reason ? pending.begin(event.incident_id, id, reason) : undefined)
    if (!incident) return
    if (event.status === 'OPEN' && !event.silenced_by && isEnabled(event.severity)) {
      incident.events.set(event.id, event)
      incident.change = id
    } else incident.events.delete(event.id)
  }

  /** Saves after it has notified: a program that is killed in between notifies again, which is better than never. */
  function send({ reason, events, change }: PendingIncident): void {
    const about = [...events.values()]
    notify(formatNotification(about))
    deduplicator.notified(about, change)
    history.add(reason, about)
    save()
  }

  function save(): void {
    const upTo = Math.min(position, pending.oldest() - 1)
    const saving: SavedPosition = { upTo, ...deduplicator.memory() }
    try {
      store.transaction(() => store.settings.set(KEY, JSON.stringify(saving)))
      savedAt = position
    } catch (error) {
      log.warn({ err: error }, 'Could not save which notifications were sent')
    }
  }

  function catchUp(): void {
    let page: AnyChange[]
    do {
      page = store.changes.after(position, PAGE)
      for (const change of page)
        if (isOfEvent(change)) apply(change)
        else position = change.id
    } while (page.length === PAGE)
    if (position >= savedAt + SAVE_EVERY) save()
  }

  const unsubscribe = feed.subscribe(({ id }) => {
    if (id > position) catchUp()
  }, true)
  catchUp()
  save()
  return () => {
    unsubscribe()
    pending.end()
    save()
  }
}
