// Incidents: what broke together, over all sources, notified and acted on as one.
import { z } from 'zod'
import { event, severity } from './event.ts'
import { hoursInQuery, id, instant, limitInQuery, offsetInQuery, wordInQuery } from './input.ts'

const INCIDENT_STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const

/** Events that an incident names; of more, those that began first. */
export const MAX_MEMBERS = 500

const firstMover = z.object({ event_id: id, source: z.string(), metric_type: z.string(), began_at: instant })

const incident = z.object({
  id,
  title: z.string().meta({ description: 'what is wrong, without a number that could grow old' }),
  severity: severity.meta({
    description:
      'the worst of its live events (of an incident that has ended, of all); CRITICAL if they are on three sources or ' +
      'more, INFO left out, or if one has been critical by its score for half an hour',
  }),
  status: z.enum(INCIDENT_STATUSES).meta({
    description: 'OPEN while an event is OPEN, ACKNOWLEDGED while events go on that somebody took, else RESOLVED',
  }),
  began_at: instant.meta({
    description: 'the onset of its first event; samples that come late may change it for an hour, and the first mover',
  }),
  ended_at: instant.nullable().meta({ description: 'null while an event goes on' }),
  first_mover: firstMover.meta({ description: 'the event that began first' }),
  sources: z.int().min(1),
  series: z.int().min(1),
  events: z.int().min(1),
  open: z.int().min(0).meta({ description: 'events that are OPEN' }),
  acknowledged: z.int().min(0).meta({ description: 'events that go on and are ACKNOWLEDGED' }),
  drill: z.boolean(),
})
export type Incident = z.infer<typeof incident>

export const incidentWithMembers = incident.extend({
  members: z.array(event).meta({ description: `in the order in which they began, at most ${MAX_MEMBERS}` }),
})
export type IncidentWithMembers = z.infer<typeof incidentWithMembers>

export const incidentsQuery = z.object({
  status: wordInQuery(['LIVE', 'RESOLVED']).optional().meta({ description: 'LIVE: OPEN or ACKNOWLEDGED' }),
  hours: hoursInQuery(720, 72).meta({ description: 'how far back ended incidents are listed; live ones always are' }),
  limit: limitInQuery(200, 50),
  offset: offsetInQuery,
})

export const incidentPage = z.object({
  total: z.int().min(0).meta({ description: 'incidents on all pages' }),
  incidents: z.array(incident),
})
export type IncidentPage = z.infer<typeof incidentPage>
