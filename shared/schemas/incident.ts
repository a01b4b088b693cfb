// Incidents: events that belong together, over all sources, notified and acted on as one.
import { z } from 'zod'
import { event, severity } from './event.ts'
import { hoursInQuery, id, instant, limitInQuery, offsetInQuery, textInQuery, wordInQuery } from './input.ts'

const INCIDENT_STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const

/** Maximum events of an incident in an answer, those that began first. */
export const MAX_MEMBERS = 500

const firstMover = z.object({ event_id: id, source: z.string(), metric_type: z.string(), began_at: instant })

export const incident = z.object({
  id,
  title: z.string().meta({ description: 'What is wrong and on which source, without a number.' }),
  severity: severity.meta({
    description:
      'Highest severity of its live events; of all its events once it has ended. CRITICAL if they are on three or ' +
      'more sources, without those that are INFO, or if one has been critical by its score for half an hour.',
  }),
  status: z.enum(INCIDENT_STATUSES).meta({
    description: 'OPEN if an event is OPEN, else ACKNOWLEDGED if an event is, else RESOLVED.',
  }),
  began_at: instant.meta({
    description: 'Start of its first event. For an hour, late samples may change it and the first mover.',
  }),
  ended_at: instant.nullable().meta({ description: 'Null while an event is live.' }),
  first_mover: firstMover.meta({ description: 'The event that began first.' }),
  sources: z.int().min(1),
  series: z.int().min(1),
  events: z.int().min(1),
  open: z.int().min(0).meta({ description: 'Number of OPEN events.' }),
  acknowledged: z.int().min(0).meta({ description: 'Number of ACKNOWLEDGED events.' }),
  drill: z.boolean(),
})
export type Incident = z.infer<typeof incident>

export const incidentWithMembers = incident.extend({
  members: z.array(event).meta({ description: `In the order in which they began, at most ${MAX_MEMBERS}.` }),
})
export type IncidentWithMembers = z.infer<typeof incidentWithMembers>

export const incidentsQuery = z.object({
  status: wordInQuery(['LIVE', 'RESOLVED']).optional().meta({ description: 'LIVE: OPEN or ACKNOWLEDGED.' }),
  q: textInQuery.meta({
    description: 'Only incidents with an event that has all of these words, as for `GET events`.',
  }),
  hours: hoursInQuery(720, 72).meta({
    description: 'Leaves out incidents that ended before. Live ones are always listed.',
  }),
  limit: limitInQuery(200, 50),
  offset: offsetInQuery,
})

export const incidentPage = z.object({
  total: z.int().min(0).meta({ description: 'Number of incidents on all pages.' }),
  incidents: z.array(incident),
})
export type IncidentPage = z.infer<typeof incidentPage>
