// Events that belong together are one row: the worst of them, with the others folded under it.
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'

/** What stands in one row. */
export interface IncidentRow {
  event: Event
  /** The rest of the incident of which this is the first row. */
  others: readonly Event[]
  /** Whether the others stand below it. */
  unfolded: boolean
  /** Whether it is one of the others itself. */
  within: boolean
}

/** @param unfolded ids of incidents */
export function rowsOf(events: readonly Event[], unfolded: ReadonlySet<number>): IncidentRow[] {
  return [...Map.groupBy(events, ({ incident_id }) => incident_id)].flatMap(([id, together]) => {
    const event = together.reduce(worse)
    const others = together.filter((other) => other !== event)
    const first = { event, others, unfolded: unfolded.has(id), within: false }
    const below = others.map((other) => ({ event: other, others: [], unfolded: false, within: true }))
    return first.unfolded ? [first, ...below] : [first]
  })
}

/** The events that are meant by what is done with a row: all of an incident that is folded. */
export const meantBy = ({ event, others, unfolded }: IncidentRow): readonly Event[] =>
  unfolded ? [event] : [event, ...others]

/** The more severe; of two that are alike, the one that was raised first. */
function worse(one: Event, other: Event): Event {
  const by = SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity)
  if (by !== 0) return by > 0 ? one : other
  return one.id < other.id ? one : other
}
