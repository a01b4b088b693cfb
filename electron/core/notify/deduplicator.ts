// Which changes are told to the person at this machine: once for an incident, again when it gets worse or is to be
// remembered, never what is silenced, and not what another rule finds of a series of which it was told already.
import type { Change } from '../../../shared/schemas/change.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'

/** Incidents and events remembered; older ones would not ring again for the same reason. */
const REMEMBERED = 1000

export interface Deduplicator {
  /** Hears every change in its order and says whether to tell it. */
  shouldNotify(change: Change): boolean
  /** Something of severity `severity` was told of an incident, and of nothing of it after this change. */
  notified(incidentId: number, severity: Severity, change: number): void
  /** Plain JSON. */
  memory(): DeduplicatorMemory
}

export interface DeduplicatorMemory {
  told: [incident: number, Notified][]
  silent: [event: number, Silence][]
  covered?: [event: number, rank: number][]
}

interface Notified {
  /** Of the most severe event. */
  rank: number
  /** The newest that was told. */
  change: number
}

/** The newest time in which an event was silent. */
interface Silence {
  /** The change with which it began. */
  since: number
  isOver: boolean
}

/**
 * @param isEnabled whether events of this severity are told now
 * @param memory of one that came before
 */
export function createDeduplicator(
  isEnabled: (severity: Severity) => boolean,
  memory: DeduplicatorMemory = { told: [], silent: [] },
): Deduplicator {
  const told = new Map(memory.told)
  const silent = new Map(memory.silent)
  /** Events that weren't told, since another rule had said as much of their series, and how bad they were then. */
  const covered = new Map(memory.covered)
  const live = createLive()

  /** What was told before an event became silent does not count when it is heard again, as after a snooze. */
  const rankTold = ({ id, incident_id }: Event): number => {
    const before = told.get(incident_id)
    return before && before.change > (silent.get(id)?.since ?? 0) ? before.rank : -1
  }

  const isCovered = (event: Event): boolean => {
    const rank = rankOf(event.severity)
    const isTold = (other: Event) => Math.min(rankOf(other.severity), rankTold(other)) >= rank
    if (live.besides(event).some(isTold)) remember(covered, event.id, rank)
    return rank <= (covered.get(event.id) ?? -1)
  }

  return {
    shouldNotify({ id: change, kind, event }) {
      live.hear(event)
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
      const isNew = change > (told.get(event.incident_id)?.change ?? 0)
      if (!isNew || !isEnabled(event.severity)) return false
      return kind === 'event_reminded' || (rankOf(event.severity) > rankTold(event) && !isCovered(event))
    },
    notified: (incidentId, severity, change) => remember(told, incidentId, { rank: rankOf(severity), change }),
    memory: () => ({ told: [...told], silent: [...silent], covered: [...covered] }),
  }
}

/** The events of each series that are live and not silent. That a series went silent is another matter. */
function createLive() {
  const bySeries = new Map<string, Map<number, Event>>()
  return {
    hear(event: Event): void {
      const key = keyOf(event)
      const events = bySeries.get(key) ?? new Map<number, Event>()
      if (isLive(event) && !event.silenced_by) events.set(event.id, event)
      else events.delete(event.id)
      if (events.size > 0) remember(bySeries, key, events)
      else bySeries.delete(key)
    },
    /** The others of its series. */
    besides: (event: Event): Event[] =>
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
