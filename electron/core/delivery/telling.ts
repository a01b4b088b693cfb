// Which changes are told to the person at this machine: once for an incident, again when it gets worse or is to be
// remembered, and never what is silenced.
import type { Change } from '../../../shared/contract/stream.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'

/** Incidents and events remembered; older ones would not ring again for the same reason. */
const REMEMBERED = 1000

export interface Telling {
  /** Hears every change in its order and says whether to tell it. */
  isToTell(change: Change): boolean
  /** Something of severity `severity` was told of an incident, and of nothing of it after this change. */
  told(incidentId: number, severity: Severity, change: number): void
  /** Plain JSON. */
  memory(): TellingMemory
}

export interface TellingMemory {
  told: [incident: number, Told][]
  silent: [event: number, Silence][]
}

interface Told {
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
 * @param wanted whether events of this severity are told now
 * @param memory of one that came before
 */
export function createTelling(
  wanted: (severity: Severity) => boolean,
  memory: TellingMemory = { told: [], silent: [] },
): Telling {
  const told = new Map(memory.told)
  const silent = new Map(memory.silent)

  /** What was told before an event became silent does not count when it is heard again, as after a snooze. */
  const rankTold = ({ id, incident_id }: Event): number => {
    const before = told.get(incident_id)
    return before && before.change > (silent.get(id)?.since ?? 0) ? before.rank : -1
  }

  return {
    isToTell({ id: change, kind, event }) {
      const silence = silent.get(event.id)
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
      return isNew && wanted(event.severity) && (kind === 'event_reminded' || rankOf(event.severity) > rankTold(event))
    },
    told: (incidentId, severity, change) => remember(told, incidentId, { rank: rankOf(severity), change }),
    memory: () => ({ told: [...told], silent: [...silent] }),
  }
}

const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity)

function remember<T>(memory: Map<number, T>, id: number, value: T): void {
  memory.delete(id)
  memory.set(id, value)
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!)
}
