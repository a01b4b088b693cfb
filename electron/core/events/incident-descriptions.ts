// Incidents as they are shown, read from their events.
import { toIso } from '../../../shared/domain/time.ts'
import type { Incident, IncidentWithMembers } from '../../../shared/schemas/incident.ts'
import { MAX_MEMBERS } from '../../../shared/schemas/incident.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { IncidentRow } from '../store/types/incidents.ts'
import type { Store } from '../store/types/store.ts'
import { incidentTitle } from './incident-title.ts'
import { createPresentValue } from './present-value.ts'

export function createIncidentDescriptions({
  events,
  incidents,
  series,
}: Pick<Store, 'events' | 'incidents' | 'series'>) {
  const present = createPresentValue(series)
  const eventsOf = (ids: readonly number[]): StoredEvent[] => ids.map((id) => events.get(id)!)

  function describe(row: IncidentRow): Incident {
    const [first, ...others] = eventsOf(incidents.memberIds(row.id, 2))
    const { open, acknowledged } = row
    return {
      id: row.id,
      title: incidentTitle(first!, others.length, row),
      severity: row.severity,
      status: open > 0 ? 'OPEN' : acknowledged > 0 ? 'ACKNOWLEDGED' : 'RESOLVED',
      began_at: toIso(row.began_at),
      ended_at: row.ended_at === null ? null : toIso(row.ended_at),
      first_mover: {
        event_id: first!.id,
        source: first!.source,
        metric_type: first!.metric_type,
        began_at: toIso(row.began_at),
      },
      sources: row.sources,
      series: row.series,
      events: row.events,
      open,
      acknowledged,
      drill: row.drill,
    }
  }

  return {
    describe,
    withMembers: (row: IncidentRow): IncidentWithMembers => ({
      ...describe(row),
      members: eventsOf(incidents.memberIds(row.id, MAX_MEMBERS)).map(present),
    }),
  }
}
