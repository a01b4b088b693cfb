// Incidents: events that began together, listed and acted on as one.
import { z } from 'zod'
import { changeQuery, commentIn } from '../../schemas/event.ts'
import { incidentPage, incidentsQuery, incidentWithMembers } from '../../schemas/incident.ts'
import { idInPath } from '../../schemas/input.ts'
import { snoozeQuery } from '../../schemas/silences.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

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
  silenceIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/silence`,
    summary: 'Silence every series with a live event of an incident for some minutes or until a time',
    query: snoozeQuery,
  }),
  confirmIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/confirm`,
    summary: 'Confirm that the live events of an incident are real problems; of one that has ended, all of its events',
    query: changeQuery,
    errors: [404, 409],
  }),
  reopenIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/reopen`,
    summary: 'Reopen the events with which an incident ended',
    query: changeQuery,
    errors: [404, 409],
  }),
  undoIncident: operation({
    ...changed,
    method: 'PATCH',
    path: `${BASE}/incidents/:incident_id/undo`,
    summary: 'Undo the last change by a person on every event of an incident that it changed',
    query: changeQuery,
    errors: [404, 409],
  }),
  commentOnIncident: operation({
    ...changed,
    method: 'POST',
    path: `${BASE}/incidents/:incident_id/comments`,
    summary: 'Add a comment to the timeline of every live event of an incident; of one that has ended, of all',
    body: commentIn,
    status: 201,
    errors: [...BODY_ERRORS, 404],
  }),
} as const
