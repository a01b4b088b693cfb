// Why an event rang: facts that were computed, and the same in plain sentences.
import { z } from 'zod'
import { severity, status } from './event.ts'
import { id, instant } from './input.ts'

const usual = z.object({
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  level: z.number().nullable().meta({ description: 'the middle of the two' }),
  samples: z.int().nullable().meta({ description: 'from which it was known; null for a limit that a person set' }),
})

const eventAround = z.object({
  id,
  title: z.string(),
  source: z.string(),
  metric_type: z.string(),
  rule_name: z.string(),
  severity,
  status,
  began_at: instant,
  seconds_after: z.int().meta({ description: 'its beginning after that of this event; negative: before' }),
})

const seriesAround = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  before: z.number().meta({ description: 'the median of the hour before' }),
  value: z.number().meta({ description: 'the mean of the minute that lay furthest from it' }),
  deviations: z.number().meta({ description: 'how far: in robust deviations, signed, at most 100' }),
  means: z
    .array(z.number())
    .meta({ description: 'of the minutes, from an hour before on, those without samples left out' }),
})

const earlierEvent = z.object({
  id,
  status,
  detected_at: instant,
  lasted_seconds: z.int().min(0),
  ended_by: z.string().nullable(),
  comment: z.string().nullable().meta({ description: 'what a person said of it last' }),
})

const earlier = z.object({
  count: z.int().min(0).meta({ description: 'the newest 50 at most' }),
  false_alarms: z.int().min(0),
  last: z.array(earlierEvent).meta({ description: 'newest first' }),
})

const facts = z.object({
  value: z.number(),
  unit: z.string().nullable(),
  usual,
  hour_before: z.number().nullable().meta({ description: 'the median of the series; null where too little is kept' }),
  method: z.string(),
  figure: z.number().nullable(),
  score: z.number(),
  began_at: instant,
  detected_at: instant,
  last_seen_at: instant,
  ended_at: instant.nullable(),
  lasted_seconds: z.int().min(0).meta({ description: 'from its beginning to its newest anomaly' }),
  occurrences: z.int().min(1),
  peak_value: z.number(),
  events_around: z.array(eventAround).meta({ description: 'that lived at that time; of the same source first' }),
  series_around: z.array(seriesAround).meta({ description: 'of the same source, far from their hour before' }),
  earlier: earlier.meta({ description: 'of the same rule and series, or of the series where there is none' }),
})

export const explanation = z.object({
  event_id: id,
  headline: z.string().meta({ description: 'the one sentence' }),
  text: z.string().meta({ description: 'the headline and what else the facts say; times in UTC' }),
  facts,
})
export type Explanation = z.infer<typeof explanation>
export type Facts = Explanation['facts']
