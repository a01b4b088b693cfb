// Silences, snoozes and the matchers that they share with maintenance windows.
import { z } from 'zod'
import { severity } from './event.ts'
import { commentInQuery, id, inQuery, instant, instantIn, limitInQuery, name, offsetInQuery } from './input.ts'
import { WEEK_IN_MINUTES } from './wall-clock.ts'

export const matcherFields = {
  source: name.meta({ description: 'Glob on the source: `*` and `?`. Case is ignored.' }),
  metric_type: name.meta({ description: 'Glob on the metric type: `*` and `?`. Case is ignored.' }),
  rule_id: id.nullish().meta({ description: 'Matches events of this rule only. Default: any rule.' }),
  severity: severity.nullish().meta({ description: 'Matches this severity only. Default: any severity.' }),
}

/** Selects events: all fields must match. */
export const matcher = z.object({
  ...matcherFields,
  source: matcherFields.source.default('*'),
  metric_type: matcherFields.metric_type.default('*'),
})
export type Matcher = z.infer<typeof matcher>

export const matchCounts = z.object({
  live_events: z.int().min(0).meta({ description: 'Open and acknowledged events that match now.' }),
  series: z
    .int()
    .min(0)
    .meta({ description: 'Series that match by name and, if `rule_id` is set, by the rule. Without drills.' }),
})

const silenceFields = {
  ...matcherFields,
  from: instantIn.optional().meta({ description: 'Start of the silence. Default: now.' }),
  to: instantIn.meta({ description: 'End of the silence, exclusive.' }),
  comment: z.string().min(1).max(1000).meta({ description: 'Reason for the silence.' }),
}

export const silenceIn = z.object({ ...silenceFields, ...matcher.shape })
export type SilenceIn = z.infer<typeof silenceIn>

export const silencePatch = z.object(silenceFields).partial()

/** The matcher's optional fields, as answers carry them. */
export const matcherOut = { rule_id: id.nullable(), severity: severity.nullable() }

/** Who created a silence or a maintenance window, and when. */
export const created = { id, created_by: z.string(), created_at: instant }

export const silence = z.object({ ...silenceFields, ...matcherOut, ...created, from: instant, to: instant })
export type Silence = z.infer<typeof silence>

export const silencesQuery = z.object({ limit: limitInQuery(1000, 200), offset: offsetInQuery })

export const snoozeQuery = z.object({
  minutes: inQuery(z.int().min(1).max(WEEK_IN_MINUTES))
    .optional()
    .meta({ description: 'Length of the snooze. Give either `minutes` or `until`.' }),
  until: instantIn.optional().meta({ description: 'End of the snooze.' }),
  comment: commentInQuery,
})
