// Decides which changes notify: an incident once, again if it gets worse, if it has spread to twice as many sources, if
// something in it began well after the last notification or after all that was notified had ended, or if a reminder is
// due. A silenced event never notifies, nor does an event of a series for which another rule has notified already; what a
// silence held back and is still open notifies at its end.
import type { Change } from '../../../shared/schemas/change.ts'
import { MINUTE } from '../../../shared/domain/time.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { NotificationReason } from '../../../shared/schemas/notification.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'

/** Incidents and events remembered; older ones are unlikely to change. */
const REMEMBERED = 1000

/** What begins so long after a notification is new to whoever read it, in whichever incident it is. */
const NEW_AFTER = 10 * MINUTE

/** So long after a notification, one more says that the incident has spread. */
const SPREAD_WAIT = 5 * MINUTE

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

interface Notified {
  /** The highest severity. */
  rank: number
  /** The newest change included. */
  change: number
  /** The sources of the events included, and when the newest of them was seen; left out by earlier versions. */
  sources?: string[]
  at?: number
  /** Whether it was notified that it has spread, which happens once. */
  hasSpread?: boolean
  /** Whether its end is in the log. */
  hasEnded?: boolean
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
  const notifiedIncidents = new Map(memory.told)
  const silent = new Map(memory.silent)
  /** Events that another rule's notification covers, with the severity covered. */
  const covered = new Map(memory.covered)
  const liveEvents = createLiveEvents()

  /** A notification before the event's silence does not count once the silence is over, such as after a snooze. */
  const notifiedRank = ({ id, incident_id, source }: Event): number => {
    const before = notifiedIncidents.get(incident_id)
    const silence = silent.get(id)
    if (!before || before.change <= (silence?.since ?? 0)) return -1
    if (!before.sources || before.sources.includes(source)) return before.rank
    // It was not among what was notified, and is not part of it if it was held back or nothing of that is left.
    const live = liveEvents.sourcesOfIncident(incident_id)
    return silence || !before.sources.some((other) => live.has(other)) ? -1 : before.rank
  }

  const hasSpread = ({ incident_id, last_seen_at }: Event): boolean => {
    const before = notifiedIncidents.get(incident_id)
    if (!before?.sources || before.hasSpread || Date.parse(last_seen_at) - before.at! < SPREAD_WAIT) return false
    const sources = new Set([...before.sources, ...liveEvents.sourcesOfIncident(incident_id)])
    return sources.size >= 2 * before.sources.length
  }

  /** An incident lives for hours: an outage may begin in one that was notified for a full disk. */
  const beganLater = ({ incident_id, began_at, detected_at }: Event): boolean => {
    const before = notifiedIncidents.get(incident_id)
    return before?.at !== undefined && Date.parse(began_at ?? detected_at) - before.at > NEW_AFTER
  }

  const isCovered = (event: Event): boolean => {
    const rank = rankOf(event.severity)
    const covers = (other: Event) => Math.min(rankOf(other.severity), notifiedRank(other)) >= rank
    if (liveEvents.othersOfSeries(event).some(covers)) remember(covered, event.id, rank)
    return rank <= (covered.get(event.id) ?? -1)
  }

  return {
    reasonToNotify({ id: change, kind, event }) {
      liveEvents.apply(event)
      const silence = silent.get(event.id)
      if (event.silenced_by || event.status !== 'OPEN') covered.delete(event.id)
      if (event.silenced_by) {
        if (silence?.isOver !== false) remember(silent, event.id, { since: change, isOver: false })
        return null
      }
      if (silence) silence.isOver = true
      if (event.status !== 'OPEN') {
        silent.delete(event.id)
        return null
      }
      const isNew = change > (notifiedIncidents.get(event.incident_id)?.change ?? 0)
      if (!isNew || !isEnabled(event.severity)) return null
      if (kind === 'event_reminded') return 'reminder'
      if (hasSpread(event)) return 'spread'
      const before = notifiedRank(event)
      const isWorse = rankOf(event.severity) > before
      if ((!isWorse && !beganLater(event)) || isCovered(event)) return null
      return isWorse && before >= 0 ? 'escalated' : 'firing'
    },
    hasEnded({ event: { incident_id, status } }) {
      const before = notifiedIncidents.get(incident_id)
      if (!before || before.hasEnded || isLive({ status }) || liveEvents.sourcesOfIncident(incident_id).size > 0)
        return false
      before.hasEnded = true
      return true
    },
    notified(events, change) {
      const incidentId = events[0]!.incident_id
      const before = notifiedIncidents.get(incidentId)
      const sources = [...new Set([...(before?.sources ?? []), ...events.map(({ source }) => source)])]
      remember(notifiedIncidents, incidentId, {
        rank: Math.max(...events.map(({ severity }) => rankOf(severity))),
        change,
        sources,
        at: Math.max(...events.map(({ last_seen_at }) => Date.parse(last_seen_at))),
        hasSpread: before?.sources !== undefined && sources.length >= 2 * before.sources.length,
      })
    },
    memory: () => ({ told: [...notifiedIncidents], silent: [...silent], covered: [...covered] }),
  }
}

/** The live events of each series that are not silenced. Events for missing data are separate. */
function createLiveEvents() {
  const bySeries = new Map<string, Map<number, Event>>()
  const all = () => [...bySeries.values()].flatMap((events) => [...events.values()])
  return {
    apply(event: Event): void {
      const key = keyOf(event)
      const events = bySeries.get(key) ?? new Map<number, Event>()
      if (isLive(event) && !event.silenced_by) events.set(event.id, event)
      else events.delete(event.id)
      if (events.size > 0) remember(bySeries, key, events)
      else bySeries.delete(key)
    },
    sourcesOfIncident: (id: number): ReadonlySet<string> =>
      new Set(
        all()
          .filter(({ incident_id }) => incident_id === id)
          .map(({ source }) => source),
      ),
    /** The other live events of the same series. */
    othersOfSeries: (event: Event): Event[] =>
      [...(bySeries.get(keyOf(event))?.values() ?? [])].filter(({ id }) => id !== event.id),
  }
}

const keyOf = ({ source, metric_type, drill, method }: Event) =>
  JSON.stringify([source, metric_type, drill, method === 'NO_DATA'])

const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity)

function remember<K, T>(memory: Map<K, T>, id: K, value: T): void {
  memory.delete(id)
  memory.set(id, value)
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!)
}
