// Samples: as agents post them, and as the history returns them.
import { z } from 'zod'
import { flagInQuery, hoursInQuery, id, instant, instantIn, limitInQuery, name } from './input.ts'

export const MAX_SAMPLES_PER_BATCH = 100
const MAX_TAGS = 64

const tagText = z.string().max(256)

const tags = z
  .record(tagText, z.union([tagText, z.number(), z.boolean()]))
  .refine((all) => Object.keys(all).length <= MAX_TAGS, `at most ${MAX_TAGS} tags`)
export type Tags = z.infer<typeof tags>

export const sampleIn = z.object({
  source: name,
  metric_type: name,
  value: z.number(),
  unit: z.string().max(64).nullish(),
  tags: tags.nullish(),
  server_id: z.int().nullish(),
  recorded_at: instantIn.nullish(),
})
export type SampleIn = z.infer<typeof sampleIn>

export const sampleOut = z.object({
  id,
  server_id: z.int().nullable(),
  source: z.string(),
  metric_type: z.string(),
  value: z.number(),
  unit: z.string().nullable(),
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
  recorded_at: instant,
})
export type SampleOut = z.infer<typeof sampleOut>

export const sampleAccepted = z.object({
  snapshot_id: id,
  status: z.literal('accepted'),
  detection: z.literal('queued'),
})

export const batchAccepted = z.object({ saved: z.int().min(0), detection: z.literal('queued') })

/** A retry with the same key gets the same answer as the first request and stores nothing. */
export const idempotencyHeaders = z.object({ 'idempotency-key': z.string().min(1).max(256).optional() })

export const historyQuery = z.object({
  metric_type: name.optional(),
  hours: hoursInQuery(168, 24),
  limit: limitInQuery(1000, 200),
  until: instantIn
    .optional()
    .meta({ description: 'End of the range, inclusive. Default: now. Use it to page through a long history.' }),
  drill: flagInQuery
    .optional()
    .meta({ description: 'Only samples of drills (true) or only real samples (false). Default: both.' }),
})

/** Ten years. */
const MAX_HISTORY_HOURS = 87_600

export const pointsQuery = z.object({
  metric_type: name.meta({ description: 'Exact metric type.' }),
  hours: hoursInQuery(MAX_HISTORY_HOURS, 24),
  points: limitInQuery(2000, 500).meta({
    description:
      'Maximum number of points. Fewer are returned if there are fewer samples, or if a finer query would be slow.',
  }),
  until: instantIn.optional().meta({ description: 'End of the range, inclusive. Default: now.' }),
})

/** An aggregate over one interval. Old samples are only stored as rollups. */
export const point = z.object({
  from: instant.meta({ description: 'Time of the first sample.' }),
  to: instant.meta({ description: 'Time of the last sample.' }),
  count: z.int().min(1),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
})
