// Previews: what a rule would have raised over the last hours, before it is saved.
import { z } from 'zod'
import { MAX_FIRINGS, firing } from './backtest.ts'
import { renamed } from './former-names.ts'
import { ruleIn } from './rule.ts'

export const MAX_PREVIEWED_SERIES = 200

export const previewIn = ruleIn.omit({ name: true }).extend({ hours: z.int().min(1).max(168).default(24) })

const count = z.int().min(0)

export const preview = z.object({
  hours: z.int(),
  series: count.meta({ description: 'Series that the rule matches. Without drills.' }),
  series_evaluated: renamed(
    'series_judged',
    count.meta({ description: `Series that were evaluated, at most ${MAX_PREVIEWED_SERIES}.` }),
  ),
  series_truncated: renamed(
    'series_cut',
    count.meta({ description: 'Series with more samples in this period than were evaluated.' }),
  ),
  samples: count,
  flagged: count.meta({ description: 'Number of anomalous samples.' }),
  firings: renamed('rings', count.meta({ description: 'Number of events that would have been raised.' })),
  newest_firings: renamed(
    'newest_rings',
    z.array(firing).meta({ description: `Newest first, at most ${MAX_FIRINGS}.` }),
  ),
})
export type Preview = z.infer<typeof preview>
