// What a rule would have done over the stored history, before anybody trusts it.
import { z } from 'zod'
import { MAX_FIRINGS, firing } from './backtest.ts'
import { ruleIn } from './rule.ts'

export const MAX_PREVIEWED_SERIES = 200

export const previewIn = ruleIn.omit({ name: true }).extend({ hours: z.int().min(1).max(168).default(24) })

const count = z.int().min(0)

export const preview = z.object({
  hours: z.int(),
  series: count.meta({ description: 'real series that the rule watches' }),
  series_judged: count.meta({ description: `the first ${MAX_PREVIEWED_SERIES} of them at most` }),
  series_cut: count.meta({ description: 'series with more samples in these hours than were judged' }),
  samples: count,
  flagged: count,
  rings: count,
  newest_rings: z.array(firing).meta({ description: `newest first, ${MAX_FIRINGS} at most` }),
})
export type Preview = z.infer<typeof preview>
