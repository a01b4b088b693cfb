// Decides which changes notify: an incident once, again if it gets worse or a reminder is due. A silenced event never
// notifies, nor does an event of a series for which another rule has notified already.
import type { Change } from '../../../shared/schemas/change.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'

/** Incidents and events remembered; older ones are unlikely to change. */
const REMEMBERED = 1000

export interface Deduplicator {
  /** Takes every change in order and decides whether it notifies. */
  shouldNotify(change: Change): boolean
  /** The user was notified of an incident with this highest severity, up to this change. */
  notified(incidentId: number, severity: Severity, change: number): void
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
  const notifiedRank = ({ id, incident_id }: Event): number => {
    const before = notifiedIncidents.get(incident_id)
    return before && before.change > (silent.get(id)?.since ?? 0) ? before.rank : -1
  }

  const isCovered = (event: Event): boolean => {
    const rank = rankOf(event.severity)
    const covers = (other: Event) => Math.min(rankOf(other.severity), notifiedRank(other)) >= rank
    if (liveEvents.othersOfSeries(event).some(covers)) remember(covered, event.id, rank)
    return rank <= (covered.get(event.id) ?? -1)
  }

  return {
    shouldNotify({ id: change, kind, event }) {
      liveEvents.apply(event)
      const silence = silent.get(event.id)
      if (event.silenced_by || event.status !== 'OPEN') covered.delete(event.id)
      if (event.silenced_by) {
        if (silence?.isOver !== false) remember(silent, event.id, { since: change, isOver: false })
        return false
      }
      if (silence) silence.isOver = true
      if (event.status !== 'OPEN') {
        silent.delete(event.id)
        return false
      }
      const isNew = change > (notifiedIncidents.get(event.incident_id)?.change ?? 0)
      if (!isNew || !isEnabled(event.severity)) return false
      return kind === 'event_reminded' || (rankOf(event.severity) > notifiedRank(event) && !isCovered(event))
    },
    notified: (incidentId, severity, change) =>
      remember(notifiedIncidents, incidentId, { rank: rankOf(severity), change }),
    memory: () => ({ told: [...notifiedIncidents], silent: [...silent], covered: [...covered] }),
  }
}

/** The live events of each series that are not silenced. Events for missing data are kept apart. */
function createLiveEvents() {
  const bySeries = new Map<string, Map<number, Event>>()
  return {
    apply(event: Event): void {
      const key = keyOf(event)
      const events = bySeries.get(key) ?? new Map<number, Event>()
      if (isLive(event) && !event.silenced_by) events.set(event.id, event)
      else events.delete(event.id)
      if (events.size > 0) remember(bySeries, key, events)
      else bySeries.delete(key)
    },
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
