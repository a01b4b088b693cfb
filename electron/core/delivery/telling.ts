// Which changes are told to the person at this machine: once for an incident, again when it gets worse or is to be
// remembered, and never what is silenced.
import type { Change } from '../../../shared/contract/stream.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'

/** Incidents and events remembered; older ones would not ring again for the same reason. */
const REMEMBERED = 1000

/** The most severe of an incident's events that was told, and by which change. */
interface Told {
  rank: number
  change: number
}

/**
 * Gives a function that hears every change in its order and says whether to tell it.
 *
 * @param wanted whether events of this severity are told now
 */
export function createTelling(wanted: (severity: Severity) => boolean): (change: Change) => boolean {
  /** By incident. */
  const told = new Map<number, Told>()
  /** With which change an event became silent, by event. */
  const silentSince = new Map<number, number>()

  /** What was told before an event became silent does not count when it is heard again, as after a snooze. */
  const rankTold = ({ id, incident_id }: Event): number => {
    const before = told.get(incident_id)
    return before && before.change > (silentSince.get(id) ?? 0) ? before.rank : -1
  }

  return ({ id: change, kind, event }) => {
    if (event.silenced_by) {
      if (!silentSince.has(event.id)) remember(silentSince, event.id, change)
      return false
    }
    if (event.status !== 'OPEN') {
      silentSince.delete(event.id)
      return false
    }
    const rank = SEVERITIES.indexOf(event.severity)
    if (!wanted(event.severity) || (kind !== 'event_reminded' && rank <= rankTold(event))) return false
    silentSince.delete(event.id)
    remember(told, event.incident_id, { rank, change })
    return true
  }
}

function remember<T>(memory: Map<number, T>, id: number, value: T): void {
  memory.set(id, value)
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!)
}
