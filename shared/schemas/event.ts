// Events: what the engineer sees, one per rule and series while it lasts.
import { z } from 'zod'
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
  wordInQuery,
} from './input.ts'

export const SEVERITIES = ['INFO', 'WARNING', 'CRITICAL'] as const
export const severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof severity>

export const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED', 'FALSE_POSITIVE'] as const
export const status = z.enum(STATUSES)
export type Status = z.infer<typeof status>

/** What keeps an event from notifying: a silence, a maintenance window or a snooze of its own. */
export const silencedBy = z.enum(['silence', 'window', 'snooze'])
export type SilencedBy = z.infer<typeof silencedBy>

/** One line of an event's timeline: who did what, when, and said what. */
const timelineEntry = z.object({
  id,
  at: instant,
  kind: z.enum([
    'raised',
    'escalated',
    'flapping',
    'reminded',
    'silenced',
    'unsilenced',
    'acknowledged',
    'resolved',
    'false_positive',
    'left_out',
  ]),
  who: z.string(),
  comment: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const event = z.object({
  id,
  rule_id: id.nullable().meta({ description: 'null once the rule is deleted; its name stays' }),
  rule_name: z.string(),
  source: z.string(),
  metric_type: z.string(),
  server_id: z.int().nullable(),
  unit: z.string().nullable(),
  method: z.string(),
  value: z.number().meta({ description: 'the value that raised it' }),
  score: z.number().min(0).max(1),
  figure: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  history_count: z.int().nullable().meta({ description: 'samples from which it was known what is usual' }),
  severity,
  status,
  title: z.string(),
  description: z.string(),
  began_at: instant.nullable().meta({ description: 'the first sample of the run that raised it' }),
  detected_at: instant,
  last_seen_at: instant,
  occurrences: z.int().min(1),
  peak_value: z.number().meta({ description: 'the most anomalous value so far' }),
  acknowledged_at: instant.nullable(),
  acknowledged_by: z.string().nullable(),
  resolved_at: instant.nullable(),
  resolved_by: z.string().nullable(),
  incident_id: id,
  drill: z.boolean(),
  flapping: z.boolean().meta({ description: 'changed at least 4 times within 20 judgements' }),
  silenced_by: silencedBy.nullable(),
  silence_id: id.nullable().meta({ description: 'of the silence or the maintenance window' }),
  silenced_until: instant.nullable(),
})
export type Event = z.infer<typeof event>

export const eventWithTimeline = event.extend({ timeline: z.array(timelineEntry) })
export type EventWithTimeline = z.infer<typeof eventWithTimeline>

export const eventsQuery = z.object({
  status: wordInQuery(STATUSES).optional(),
  severity: wordInQuery(SEVERITIES).optional(),
  source: z.string().max(256).optional().meta({ description: 'anywhere in the name, in any case, taken literally' }),
  metric_type: name.optional().meta({ description: 'the whole name, in any case' }),
  silenced: flagInQuery.optional().meta({ description: 'whether it is silenced, or was when it ended' }),
  incident_id: idInPath.optional().meta({ description: 'events that belong together' }),
  rule_id: idInPath.optional().meta({ description: 'events that this rule raised' }),
  hours: hoursInQuery(720, 72),
  limit: limitInQuery(200, 50),
  offset: offsetInQuery,
})

export const changeQuery = z.object({ comment: commentInQuery })

export const eventChanged = <const S extends Status>(to: S) => z.object({ event_id: id, status: z.literal(to) })
