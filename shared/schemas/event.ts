// Events: one live event per rule and series, which collects all of its anomalies.
import { z } from 'zod'
import { SIDES } from '../domain/side.ts'
import {
  commentInQuery,
  flagInQuery,
  hoursInQuery,
  id,
  idInPath,
  instant,
  limitInQuery,
  name,
  offsetInQuery,
  textInQuery,
  wordInQuery,
} from './input.ts'

export const SEVERITIES = ['INFO', 'WARNING', 'CRITICAL'] as const
export const severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof severity>

export const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED', 'FALSE_POSITIVE'] as const
export const status = z.enum(STATUSES)
export type Status = z.infer<typeof status>

/** Why an event doesn't notify: a silence, a maintenance window or a snooze of this event. */
export const silencedBy = z.enum(['silence', 'window', 'snooze'])
export type SilencedBy = z.infer<typeof silencedBy>

/** Why an event ended although its series did not recover and no person resolved it. */
const RESOLUTIONS = ['adopted', 'without_data'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

const TIMELINE_KINDS = [
  'raised',
  'escalated',
  'flapping',
  'reminded',
  'silenced',
  'unsilenced',
  'acknowledged',
  'confirmed',
  'commented',
  'resolved',
  'adopted',
  'reopened',
  'undone',
  'false_positive',
  'no_data',
  'left_out',
] as const

/** One entry of an event's timeline: what happened, when, by whom, with an optional comment. */
const timelineEntry = z.object({
  id,
  at: instant,
  kind: z.enum(TIMELINE_KINDS),
  who: z.string(),
  comment: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const event = z.object({
  id,
  rule_id: id.nullable().meta({ description: 'Null if the rule was deleted. `rule_name` stays.' }),
  rule_name: z.string(),
  source: z.string(),
  metric_type: z.string(),
  server_id: z.int().nullable(),
  unit: z.string().nullable(),
  method: z.string(),
  value: z.number().meta({ description: 'Value of the sample that raised the event.' }),
  score: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: '0 is normal, 0.5 is the threshold of an anomaly, 1 is certain.' }),
  figure: z.number().nullable().meta({ description: "The method's own measure, such as the z-score." }),
  lower: z.number().nullable().meta({ description: 'Lower bound of the expected band.' }),
  upper: z.number().nullable().meta({ description: 'Upper bound of the expected band.' }),
  history_count: z.int().nullable().meta({ description: 'Number of samples in the baseline.' }),
  severity,
  status,
  title: z.string(),
  description: z.string(),
  began_at: instant
    .nullable()
    .meta({ description: 'Time of the first sample of the run of anomalies that raised the event.' }),
  detected_at: instant,
  last_seen_at: instant,
  occurrences: z.int().min(1),
  side: z.enum(SIDES).meta({ description: 'The side on which it is wrong. One event has one side.' }),
  current_value: z.number().nullable().meta({
    description:
      'The value of now: the newest of its series. Of a counter, the newest anomalous rate; once it has ended, the last anomalous value.',
  }),
  peak_value: z.number().meta({ description: 'The most anomalous value so far.' }),
  peak_at: instant.nullable(),
  notified_at: instant.nullable().meta({ description: 'When it was first part of a notification.' }),
  acknowledged_at: instant.nullable(),
  acknowledged_by: z.string().nullable(),
  confirmed_at: instant.nullable().meta({ description: 'When a person confirmed that it is a real problem.' }),
  confirmed_by: z.string().nullable(),
  resolved_at: instant.nullable(),
  resolved_by: z.string().nullable(),
  resolution: z.enum(RESOLUTIONS).nullable().meta({
    description:
      '`adopted`: the level stayed, and is the new normal. `without_data`: no samples came for a day or more. Else null.',
  }),
  incident_id: id,
  drill: z.boolean().meta({ description: 'Whether a drill raised the event.' }),
  flapping: z.boolean().meta({
    description: 'Whether the series changed between normal and anomalous at least 4 times within 20 samples.',
  }),
  silenced_by: silencedBy.nullable(),
  silence_id: id.nullable().meta({ description: 'Id of the silence or the maintenance window.' }),
  silenced_until: instant.nullable(),
})
export type Event = z.infer<typeof event>

export const eventWithTimeline = event.extend({ timeline: z.array(timelineEntry) })
export type EventWithTimeline = z.infer<typeof eventWithTimeline>

/** The newest change of an event that can be undone. */
const undoable = z.object({
  kind: z.enum(TIMELINE_KINDS).meta({ description: 'The kind of its line in the timeline.' }),
  who: z.string(),
  until: instant,
})
export type Undoable = z.infer<typeof undoable>

export const eventDetail = eventWithTimeline.extend({
  undo: undoable.nullable().meta({ description: 'What `PATCH …/undo` would undo. Null if there is nothing.' }),
})
export type EventDetail = z.infer<typeof eventDetail>

export const eventsQuery = z.object({
  status: wordInQuery(STATUSES).optional(),
  severity: wordInQuery(SEVERITIES).optional(),
  source: z
    .string()
    .max(256)
    .optional()
    .meta({ description: 'Substring of the source. Case is ignored; there are no wildcards.' }),
  metric_type: name.optional().meta({ description: 'Full metric type. Case is ignored.' }),
  silenced: flagInQuery
    .optional()
    .meta({ description: 'Only events that are silenced, or were when they ended (true), or only others (false).' }),
  incident_id: idInPath.optional().meta({ description: 'Only events of this incident.' }),
  rule_id: idInPath.optional().meta({ description: 'Only events that this rule raised.' }),
  q: textInQuery.meta({
    description:
      'Only events with all of these words in the title, the description or the name of the rule. Case is ignored.',
  }),
  hours: hoursInQuery(720, 72).meta({ description: 'Leaves out events that were detected before and have ended.' }),
  limit: limitInQuery(200, 50),
  offset: offsetInQuery,
})

export const eventsCountQuery = eventsQuery.omit({ limit: true, offset: true })

export const eventsCount = z.object({ total: z.int().min(0).meta({ description: 'Events on all pages.' }) })

export const changeQuery = z.object({ comment: commentInQuery })

export const commentIn = z.object({ comment: z.string().trim().min(1).max(1000) })

export const eventChanged = <const S extends Status>(to: S) => z.object({ event_id: id, status: z.literal(to) })
