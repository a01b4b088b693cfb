// The result of evaluating one value with a detector.
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
  history_count: z.int().min(0).meta({ description: "Number of samples in the baseline's window." }),
  is_anomaly: z.boolean(),
  method: z.string(),
  score: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: '0 is normal, 0.5 is the threshold of an anomaly, 1 is certain.' }),
  figure: z
    .number()
    .nullable()
    .meta({ description: "The method's own measure, such as the z-score. Signed if it has a direction." }),
  lower: z.number().nullable().meta({ description: 'Lower bound of the expected band.' }),
  upper: z.number().nullable().meta({ description: 'Upper bound of the expected band.' }),
  severity: severity.nullable().meta({ description: 'Null if the value is not an anomaly.' }),
  reason: z.string().meta({ description: 'One sentence, or `insufficient_data`.' }),
})
export type Detection = z.infer<typeof detection>
