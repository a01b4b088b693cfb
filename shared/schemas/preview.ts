// What a rule would have done over the stored history, before anybody trusts it.
import { z } from 'zod'
import { severity } from './event.ts'
import { instant } from './input.ts'
import { ruleIn } from './rule.ts'

export const MOST_PREVIEWED_SERIES = 200
export const MOST_PREVIEWED_RINGS = 200

export const previewIn = ruleIn.omit({ name: true }).extend({ hours: z.int().min(1).max(168).default(24) })
export type PreviewIn = z.infer<typeof previewIn>

const count = z.int().min(0)

/** An event that would have been raised, and what would have become of it with nobody there. */
const previewRing = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  severity,
  value: z.number().meta({ description: 'the value that would have rung' }),
  reason: z.string(),
  detected_at: instant,
  last_seen_at: instant,
  resolved_at: instant.nullable().meta({ description: 'null where it would not have resolved itself by now' }),
  occurrences: z.int().min(1),
  flapping: z.boolean(),
})
export type PreviewRing = z.infer<typeof previewRing>

export const preview = z.object({
  hours: z.int(),
  series: count.meta({ description: 'real series that the rule watches' }),
  series_judged: count.meta({ description: `the first ${MOST_PREVIEWED_SERIES} of them at most` }),
  series_cut: count.meta({ description: 'series with more samples in these hours than were judged' }),
  samples: count,
  flagged: count,
  rings: count,
  newest_rings: z.array(previewRing).meta({ description: `newest first, ${MOST_PREVIEWED_RINGS} at most` }),
})
export type Preview = z.infer<typeof preview>
