// A series: all samples of one (source, metric type).
import { z } from 'zod'
import { renamed } from './former-names.ts'
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

/** All series of one source, including drills. */
export const sourceSize = z.object({
  source: z.string(),
  series: z.int().min(1),
  samples: z.int().min(1).meta({ description: 'Number of samples, including those that became rollups.' }),
})

/** All sources that match a glob. */
export const sourcesSize = z.object({
  source: z.string().meta({ description: 'The glob of the request.' }),
  sources: z.int().min(0),
  series: z.int().min(0),
  samples: z.int().min(0),
  live_events: z.int().min(0).meta({ description: 'Open and acknowledged events. Deleting the sources ends them.' }),
})

export const sourcesQuery = z.object({
  source: name.meta({ description: 'Glob on the source: `*` and `?`. Case is ignored.' }),
})

export const deleteSourcesQuery = sourcesQuery.extend({
  max_sources: renamed(
    'most_sources',
    inQuery(z.int().min(1).max(1_000_000)).meta({ description: 'Reject the request if more sources match.' }),
  ),
})

/** Both names are substrings. Case is ignored. */
export const seriesQuery = z.object({
  source: z.string().max(256).optional(),
  metric_type: z.string().max(256).optional(),
  silent_seconds: inQuery(z.int().min(1).max(31_536_000))
    .optional()
    .meta({ description: 'Only series without samples for at least this long.' }),
  limit: limitInQuery(1000, 200),
  offset: offsetInQuery,
})
