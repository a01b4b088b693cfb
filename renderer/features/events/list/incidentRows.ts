// The events of an incident are one row: the most urgent one, with the others collapsed below it.
import { SEVERITIES, STATUSES, type Event } from '../../../../shared/schemas/event.ts'

/** One row of the list. */
export interface IncidentRow {
  event: Event
  /** The other events of the incident, if this is its first row. */
  others: readonly Event[]
  /** Whether the others are shown below it. */
  expanded: boolean
  /** Whether it is one of the others. */
  nested: boolean
}

/** @param expanded ids of incidents */
export function incidentRows(events: readonly Event[], expanded: ReadonlySet<number>): IncidentRow[] {
  return [...Map.groupBy(events, ({ incident_id }) => incident_id)].flatMap(([id, together]) => {
    const event = together.reduce(moreUrgent)
    const others = together.filter((other) => other !== event)
    const first = { event, others, expanded: expanded.has(id), nested: false }
    const below = others.map((other) => ({ event: other, others: [], expanded: false, nested: true }))
    return first.expanded ? [first, ...below] : [first]
  })
}

/** The events that an action on the row applies to: all of a collapsed incident. */
export const eventsOfRow = ({ event, others, expanded }: IncidentRow): readonly Event[] =>
  expanded ? [event] : [event, ...others]

/** Open before others, then by severity, then the one raised first. */
const moreUrgent = (one: Event, other: Event): Event =>
  (STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
    SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
    one.id - other.id) < 0
    ? one
    : other
