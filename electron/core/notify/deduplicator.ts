// Decides which changes notify: an incident once, again if it gets worse, if it has spread to twice as many sources, if
// something in it began well after the last notification or after all that was notified had ended, or if a reminder is
// due. A silenced event never notifies, nor does an event of a series for which another rule has notified already; what a
// silence held back and is still open notifies at its end.
import type { Change } from '../../../shared/schemas/change.ts'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import type { NotificationReason } from '../../../shared/schemas/notification.ts'
import { createLiveEvents } from './live-events.ts'
import { createNotifiedIncidents, rankOf, type Notified } from './notified-incidents.ts'
import { remember } from './remember.ts'

export interface Deduplicator {
  /** Takes every change in order and decides whether it notifies, and why; null if it doesn't. */
  reasonToNotify(change: Change): NotificationReason | null
  /** Whether with this change the last of an incident ended of which the user was notified; true once. */
  hasEnded(change: Change): boolean
  /** The user was notified of these events of one incident, up to this change. */
  notified(events: readonly Event[], change: number): void
  /** Plain JSON, to be stored. */
  memory(): DeduplicatorMemory
}

/** The names are those in users' databases. */
export interface DeduplicatorMemory {
  told: [incident: number, Notified][]
  silent: [event: number, Silence][]
  covered?: [event: number, rank: number][]
}

/** The newest silence of an event. */
interface Silence {
  /** The change that began it. */
  since: number
  isOver: boolean
}

/**
 * @param isEnabled whether notifications of this severity are enabled now
 * @param memory of an earlier deduplicator
 */
export function createDeduplicator(
  isEnabled: (severity: Severity) => boolean,
  memory: DeduplicatorMemory = { told: [], silent: [] },
): Deduplicator {
  const liveEvents = createLiveEvents()
  const incidents = createNotifiedIncidents(memory.told, liveEvents)
  const silent = new Map(memory.silent)
  /** Events that another rule's notification covers, with the severity covered. */
  const covered = new Map(memory.covered)

  const notifiedRank = (event: Event): number => incidents.rankOf(event, silent.get(event.id)?.since)

  const isCovered = (event: Event): boolean => {
    const rank = rankOf(event.severity)
    const covers = (other: Event) => Math.min(rankOf(other.severity), notifiedRank(other)) >= rank
    if (liveEvents.othersOfSeries(event).some(covers)) remember(covered, event.id, rank)
    return rank <= (covered.get(event.id) ?? -1)
  }

  /** Keeps track of silences. Whether the event may notify at all. */
  function isOpen({ id: change, event }: Change): boolean {
    const silence = silent.get(event.id)
    if (event.silenced_by || event.status !== 'OPEN') covered.delete(event.id)
    if (event.silenced_by) {
      if (silence?.isOver !== false) remember(silent, event.id, { since: change, isOver: false })
      return false
    }
    if (silence) silence.isOver = true
    if (event.status !== 'OPEN') silent.delete(event.id)
    return event.status === 'OPEN'
  }

  return {
    reasonToNotify(change) {
      const { id, kind, event } = change
      liveEvents.apply(event)
      if (!isOpen(change) || id <= incidents.newestChange(event) || !isEnabled(event.severity)) return null
      if (kind === 'event_reminded') return 'reminder'
      if (incidents.hasSpread(event)) return 'spread'
      const before = notifiedRank(event)
      const isWorse = rankOf(event.severity) > before
      if ((!isWorse && !incidents.isLater(event)) || isCovered(event)) return null
      return isWorse && before >= 0 ? 'escalated' : 'firing'
    },
    hasEnded: ({ event }) => incidents.hasEnded(event),
    notified: incidents.add,
    memory: () => ({ told: incidents.entries(), silent: [...silent], covered: [...covered] }),
  }
}
