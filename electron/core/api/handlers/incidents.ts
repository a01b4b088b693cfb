// Incidents, listed and acted on as one.
import { HOUR } from '../../../../shared/domain/time.ts'
import type { IncidentService } from '../../events/incident-service.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Handlers } from './handlers.ts'
import { snoozeEnd } from './snooze-end.ts'

type IncidentHandlers = Pick<
  Handlers,
  | 'listIncidents'
  | 'getIncident'
  | 'acknowledgeIncident'
  | 'resolveIncident'
  | 'snoozeIncident'
  | 'silenceIncident'
  | 'confirmIncident'
  | 'reopenIncident'
  | 'undoIncident'
  | 'commentOnIncident'
>

export const incidentHandlers = (incidents: IncidentService, clock: Clock): IncidentHandlers => ({
  listIncidents: ({ query: { status, q, hours, limit, offset } }) =>
    incidents.list({
      isLive: status === undefined ? undefined : status === 'LIVE',
      text: q,
      since: clock.now() - hours * HOUR,
      limit,
      offset,
    }),
  getIncident: ({ params }) => incidents.get(params.incident_id),
  acknowledgeIncident: ({ params, query }) => incidents.acknowledge(params.incident_id, query.comment),
  resolveIncident: ({ params, query }) => incidents.resolve(params.incident_id, query.comment),
  snoozeIncident: ({ params, query }) =>
    incidents.snooze(params.incident_id, snoozeEnd(query, clock.now()), query.comment),
  silenceIncident: ({ params, query }) =>
    incidents.silence(params.incident_id, snoozeEnd(query, clock.now()), query.comment),
  confirmIncident: ({ params, query }) => incidents.confirm(params.incident_id, query.comment),
  reopenIncident: ({ params, query }) => incidents.reopen(params.incident_id, query.comment),
  undoIncident: ({ params, query }) => incidents.undo(params.incident_id, query.comment),
  commentOnIncident: ({ params, body }) => incidents.comment(params.incident_id, body.comment),
})
