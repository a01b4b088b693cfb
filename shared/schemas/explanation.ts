// Why an event fired: the computed facts, and the same in plain sentences.
import { z } from 'zod'
import { severity, status } from './event.ts'
import { renamed } from './former-names.ts'
import { id, instant } from './input.ts'

const baseline = z.object({
  lower: z.number().nullable().meta({ description: 'Lower bound of the expected band.' }),
  upper: z.number().nullable().meta({ description: 'Upper bound of the expected band.' }),
  level: z.number().nullable().meta({ description: 'Midpoint of the band.' }),
  samples: z.int().nullable().meta({ description: 'Number of samples in the baseline. Null for a fixed threshold.' }),
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
  seconds_after: z.int().meta({
    description:
      'Seconds between the start of this event and the start of the other. Negative: the other started first.',
  }),
})

const seriesAround = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  before: z.number().meta({ description: 'Median of the hour before the event.' }),
  value: z.number().meta({ description: 'Mean of the minute that deviated most from `before`.' }),
  deviations: z
    .number()
    .meta({ description: 'Size of the deviation in robust standard deviations, signed, at most 100.' }),
  means: z
    .array(z.number())
    .meta({ description: 'Means by minute, from one hour before the event. Minutes without samples are left out.' }),
})

const earlierEvent = z.object({
  id,
  status,
  detected_at: instant,
  lasted_seconds: z.int().min(0),
  ended_by: z.string().nullable(),
  comment: z.string().nullable().meta({ description: 'Latest comment of a person.' }),
})

const earlier = z.object({
  count: z.int().min(0).meta({ description: 'Number of earlier events, at most 50.' }),
  false_alarms: z.int().min(0),
  last: z.array(earlierEvent).meta({ description: 'Newest first.' }),
})

const facts = z.object({
  value: z.number(),
  unit: z.string().nullable(),
  baseline: renamed('usual', baseline),
  hour_before: z
    .number()
    .nullable()
    .meta({ description: 'Median of the series in the hour before. Null if too few samples are stored.' }),
  method: z.string(),
  figure: z.number().nullable(),
  score: z.number(),
  began_at: instant,
  detected_at: instant,
  last_seen_at: instant,
  ended_at: instant.nullable(),
  lasted_seconds: z.int().min(0).meta({ description: 'Seconds between the start and the latest anomaly.' }),
  occurrences: z.int().min(1),
  peak_value: z.number(),
  events_around: z
    .array(eventAround)
    .meta({ description: 'Other events that were live at that time, those of the same source first.' }),
  series_around: z
    .array(seriesAround)
    .meta({ description: 'Other series of the source that deviated from their hour before.' }),
  earlier: earlier.meta({
    description: 'Earlier events of the same rule and series or, if there are none, of the series.',
  }),
})

export const explanation = z.object({
  event_id: id,
  headline: z.string().meta({ description: 'One-sentence summary.' }),
  text: z.string().meta({ description: 'The headline and further facts in sentences. Times are in UTC.' }),
  facts,
})
export type Explanation = z.infer<typeof explanation>
export type Facts = Explanation['facts']
