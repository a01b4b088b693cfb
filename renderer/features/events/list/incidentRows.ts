// Events that belong together are one row: the one that needs somebody most, with the others folded under it.
import { SEVERITIES, STATUSES, type Event } from '../../../../shared/schemas/event.ts'

/** What stands in one row. */
export interface IncidentRow {
  event: Event
  /** The rest of the incident of which this is the first row. */
  others: readonly Event[]
  /** Whether the others stand below it. */
  expanded: boolean
  /** Whether it is one of the others itself. */
  nested: boolean
}

/** @param unfolded ids of incidents */
export function incidentRows(events: readonly Event[], expanded: ReadonlySet<number>): IncidentRow[] {
  return [...Map.groupBy(events, ({ incident_id }) => incident_id)].flatMap(([id, together]) => {
    const event = together.reduce(moreUrgent)
    const others = together.filter((other) => other !== event)
    const first = { event, others, expanded: expanded.has(id), nested: false }
    const below = others.map((other) => ({ event: other, others: [], expanded: false, nested: true }))
    return first.expanded ? [first, ...below] : [first]
  })
}

/** The events that are meant by what is done with a row: all of an incident that is folded. */
export const eventsOfRow = ({ event, others, expanded }: IncidentRow): readonly Event[] =>
  expanded ? [event] : [event, ...others]

/** What is open stands before what is not, then what is more severe; of two that are alike, the one raised first. */
const moreUrgent = (one: Event, other: Event): Event =>
  (STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
    SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
    one.id - other.id) < 0
    ? one
    : other
