// Incidents, listed and acted on as one.
import { HOUR } from '../../../../shared/domain/time.ts'
import type { IncidentService } from '../../events/incident-service.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Handlers } from './handlers.ts'
import { snoozeEnd } from './snooze-end.ts'

type IncidentHandlers = Pick<
  Handlers,
  'listIncidents' | 'getIncident' | 'acknowledgeIncident' | 'resolveIncident' | 'snoozeIncident'
>

export const incidentHandlers = (incidents: IncidentService, clock: Clock): IncidentHandlers => ({
  listIncidents: ({ query: { status, hours, limit, offset } }) =>
    incidents.list({
      isLive: status === undefined ? undefined : status === 'LIVE',
      since: clock.now() - hours * HOUR,
      limit,
      offset,
    }),
  getIncident: ({ params }) => incidents.get(params.incident_id),
  acknowledgeIncident: ({ params, query }) => incidents.acknowledge(params.incident_id, query.comment),
  resolveIncident: ({ params, query }) => incidents.resolve(params.incident_id, query.comment),
  snoozeIncident: ({ params, query }) =>
    incidents.snooze(params.incident_id, snoozeEnd(query, clock.now()), query.comment),
})
