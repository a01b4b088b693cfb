// Events that belong together are one row: the one that needs somebody most, with the others folded under it.
import { SEVERITIES, STATUSES, type Event } from '../../../../shared/schemas/event.ts'

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
    const event = together.reduce(moreUrgent)
    const others = together.filter((other) => other !== event)
    const first = { event, others, unfolded: unfolded.has(id), within: false }
    const below = others.map((other) => ({ event: other, others: [], unfolded: false, within: true }))
    return first.unfolded ? [first, ...below] : [first]
  })
}

/** The events that are meant by what is done with a row: all of an incident that is folded. */
export const meantBy = ({ event, others, unfolded }: IncidentRow): readonly Event[] =>
  unfolded ? [event] : [event, ...others]

/** What is open stands before what is not, then what is more severe; of two that are alike, the one raised first. */
const moreUrgent = (one: Event, other: Event): Event =>
  (STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
    SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
    one.id - other.id) < 0
    ? one
    : other
