// One judgement: what a detector says of one value.
import { z } from 'zod'
import { inQuery, name } from './input.ts'
import { severity } from './event.ts'
import { method } from './rule.ts'

export const detectQuery = z.object({
  source: name,
  metric_type: name,
  current_value: inQuery(z.number()),
  method: method.default('ZSCORE'),
  z_threshold: inQuery(z.number().positive().max(1e6)).default(3),
  iqr_factor: inQuery(z.number().positive().max(1e6)).default(1.5),
  threshold: inQuery(z.number()).optional(),
})

export const detection = z.object({
  source: z.string(),
  metric_type: z.string(),
  current_value: z.number(),
  unit: z.string(),
  history_count: z.int().min(0).meta({ description: "samples in the baseline's window" }),
  is_anomaly: z.boolean(),
  method: z.string(),
  score: z.number().min(0).max(1).meta({ description: '0 as usual, 0.5 the alarm line, 1 certain' }),
  figure: z.number().nullable().meta({ description: "the method's own number, such as z" }),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  severity: severity.nullable().meta({ description: 'null where it is no anomaly' }),
  reason: z.string().meta({ description: 'one sentence, or `insufficient_data`' }),
})
export type Detection = z.infer<typeof detection>
