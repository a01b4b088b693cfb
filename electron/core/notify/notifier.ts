// Tells the person at this machine: an incident once, with all of its events. The first waits for a moment, since what
// breaks together is judged one after the other.
//
// As for the stream, the change log is the only source. How far it was told is kept, so that who is told by a program that
// was killed in between hears the rest from the next one.
import type { Change } from '../../../shared/schemas/change.ts'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { formatNotification, type NotificationMessage } from './message.ts'
import { createDeduplicator, type DeduplicatorMemory } from './deduplicator.ts'

/** Milliseconds. */
const GROUP_WAIT = 1000
/** Changes read from the log at a time. */
const PAGE = 500
/** Changes after which it is kept how far they were heard, far fewer than the log holds. */
const SAVE_EVERY = 1000
/** Setting. */
const KEY = 'told'

interface SavedPosition extends DeduplicatorMemory {
  /** All changes up to this one need no telling any more. */
  upTo: number
}

/** An incident that is about to be told. */
interface PendingIncident {
  /** The change with which that began. */
  since: number
  /** The newest change of those that are to be told. */
  change: number
  events: Map<number, Event>
}

interface Deps {
  store: Pick<Store, 'changes' | 'settings' | 'transaction'>
  feed: Pick<ChangeFeed, 'subscribe'>
  log: Log
  /** The newest change when the program started: with it begins who was never told anything. */
  newest: number
  /** Whether events of a severity are told now. */
  isEnabled(severity: Severity): boolean
  notify(notice: NotificationMessage): void
}

/** Begins with what was not told yet; gives what ends it. */
export function startNotifier({ store, feed, log, newest, isEnabled: wanted, notify: tell }: Deps): () => void {
  const kept = JSON.parse(store.settings.get(KEY) ?? 'null') as SavedPosition | null
  const telling = createDeduplicator(wanted, kept ?? undefined)
  let heard = kept?.upTo ?? newest
  let keptAt = heard
  const waiting = new Map<number, PendingIncident>()
  const timers = new Set<NodeJS.Timeout>()

  function hear(change: Change): void {
    const { id, event } = change
    heard = id
    const isToTell = telling.shouldNotify(change)
    const gathered = waiting.get(event.incident_id) ?? (isToTell ? gather(event.incident_id, id) : undefined)
    if (!gathered) return
    if (event.status === 'OPEN' && !event.silenced_by && wanted(event.severity)) {
      gathered.events.set(event.id, event)
      gathered.change = id
    } else gathered.events.delete(event.id)
  }

  function gather(incidentId: number, since: number): PendingIncident {
    const gathered = { since, change: since, events: new Map<number, Event>() }
    waiting.set(incidentId, gathered)
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.delete(incidentId)
      if (gathered.events.size > 0) tellOf(incidentId, gathered)
    }, GROUP_WAIT).unref()
    timers.add(timer)
    return gathered
  }

  /** Kept after it was told: who is killed in between tells it again, which is better than never. */
  function tellOf(incidentId: number, { events, change }: PendingIncident): void {
    const notice = formatNotification([...events.values()])
    tell(notice)
    telling.notified(incidentId, notice.event.severity, change)
    keep()
  }

  function keep(): void {
    const upTo = Math.min(heard, ...Array.from(waiting.values(), ({ since }) => since - 1))
    const now: SavedPosition = { upTo, ...telling.memory() }
    try {
      store.transaction(() => store.settings.set(KEY, JSON.stringify(now)))
      keptAt = heard
    } catch (error) {
      log.warn({ err: error }, 'How far was told could not be kept')
    }
  }

  function advance(): void {
    let page: Change[]
    do {
      page = store.changes.after(heard, PAGE)
      page.forEach(hear)
    } while (page.length === PAGE)
    if (heard >= keptAt + SAVE_EVERY) keep()
  }

  const unsubscribe = feed.subscribe(({ id }) => {
    if (id > heard) advance()
  })
  advance()
  keep()
  return () => {
    unsubscribe()
    timers.forEach(clearTimeout)
    keep()
  }
}
