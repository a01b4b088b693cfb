// A series: all samples of one (source, metric type).
import { z } from 'zod'
import { inQuery, instant, limitInQuery, name, offsetInQuery } from './input.ts'

export const series = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  last_value: z.number(),
  last_seen: instant,
  count: z.int().min(1),
})
export type Series = z.infer<typeof series>

/** All series of one source, those of drills too. */
export const sourceSize = z.object({
  source: z.string(),
  series: z.int().min(1),
  samples: z.int().min(1).meta({ description: 'what has become a sum by minute or hour counts as the samples it was' }),
})

/** Of all sources whose names match. */
export const sourcesSize = z.object({
  source: z.string().meta({ description: 'as it was given' }),
  sources: z.int().min(0),
  series: z.int().min(0),
  samples: z.int().min(0),
  live_events: z.int().min(0).meta({ description: 'open or acknowledged; they end with their source' }),
})

export const sourcesQuery = z.object({ source: name.meta({ description: 'glob: * and ?, in any case' }) })

export const deleteSourcesQuery = sourcesQuery.extend({ most_sources: inQuery(z.int().min(1).max(1_000_000)) })

/** Both texts are looked for anywhere in the name, in any case. */
export const seriesQuery = z.object({
  source: z.string().max(256).optional(),
  metric_type: z.string().max(256).optional(),
  silent_seconds: inQuery(z.int().min(1).max(31_536_000))
    .optional()
    .meta({ description: 'only series that have been silent for so long' }),
  limit: limitInQuery(1000, 200),
  offset: offsetInQuery,
})
