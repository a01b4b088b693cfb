// Incidents: events that began together, listed and acted on as one.
import { z } from 'zod'
import { changeQuery } from '../../schemas/event.ts'
import { incidentPage, incidentsQuery, incidentWithMembers } from '../../schemas/incident.ts'
import { idInPath } from '../../schemas/input.ts'
import { snoozeQuery } from '../../schemas/silences.ts'
import { BASE, operation } from '../operation.ts'

const incidentParams = z.object({ incident_id: idInPath })
const changed = { params: incidentParams, status: 200, answer: incidentWithMembers, errors: [400, 404] } as const

export const incidents = {
  listIncidents: operation({
    method: 'GET',
    path: `${BASE}/incidents`,
    summary: 'List incidents: live ones first, the most severe first, then the oldest',
    query: incidentsQuery,
    status: 200,
    answer: incidentPage,
  }),
  getIncident: operation({
    method: 'GET',
    path: `${BASE}/incidents/:incident_id`,
    summary: 'Get one incident with its events',
    params: incidentParams,
    status: 200,
    answer: incidentWithMembers,
    errors: [404],
  }),
  acknowledgeIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/acknowledge`,
    summary: 'Acknowledge every OPEN event of an incident',
    query: changeQuery,
  }),
  resolveIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/resolve`,
    summary: 'Resolve every live event of an incident; later anomalies start a new incident',
    query: changeQuery,
  }),
  snoozeIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/snooze`,
    summary: 'Snooze every live event of an incident for some minutes, until a time, or until it gets worse',
    query: snoozeQuery,
  }),
} as const
