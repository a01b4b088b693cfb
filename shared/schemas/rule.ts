// Rules: which series to watch, with which detector and settings, and when to fire.
import { z } from 'zod'
import { id, instant, name } from './input.ts'
import { severity } from './event.ts'

export const operator = z.enum(['above', 'below', 'outside'])
export type Operator = z.infer<typeof operator>

/** The name of a detector. Case is ignored; `GET methods` lists all names. */
export const method = z.string().min(1).max(64).toUpperCase()

const MAX_PARAMS = 64

const params = z
  .record(z.string().max(64), z.union([z.number(), z.string().max(256), z.boolean()]))
  .refine((all) => Object.keys(all).length <= MAX_PARAMS, `at most ${MAX_PARAMS} settings`)

const fields = {
  name: z.string().min(1).max(200),
  description: z.string().max(2000).nullish(),
  source: name.meta({ description: 'Glob on the source: `*` and `?`. Case is ignored.' }),
  metric_type: name.meta({ description: 'Glob on the metric type: `*` and `?`. Case is ignored.' }),
  method,
  z_threshold: z.number().positive().max(1e6),
  iqr_factor: z.number().positive().max(1e6),
  threshold: z.number().nullish(),
  operator,
  min_samples: z
    .int()
    .min(1)
    .max(1000)
    .meta({ description: 'Minimum number of samples in the baseline before samples are evaluated.' }),
  severity: severity.nullish().meta({ description: 'Default: derived from the score.' }),
  is_active: z.boolean(),
  for_seconds: z
    .int()
    .min(0)
    .max(604_800)
    .meta({ description: 'How long the series must be anomalous before the rule fires.' }),
  cooldown_seconds: z
    .int()
    .min(0)
    .max(604_800)
    .meta({ description: 'How long the rule does not fire again on a series after an event ended.' }),
  resolve_seconds: z
    .int()
    .min(0)
    .max(604_800)
    .meta({ description: 'How long the series must be normal before the event resolves.' }),
  resolve_samples: z.int().min(1).max(1000).nullish().meta({
    description: 'How many samples must be normal before the event resolves. Default: depends on the method.',
  }),
  recovery_score: z
    .number()
    // No sample scores below this.
    .min(0.1)
    .max(0.5)
    .meta({
      description: 'Recovery threshold: a sample with a lower score counts as normal. Anomalies score at least 0.5.',
    }),
  params: params.meta({ description: 'Parameters of the method. `GET methods` describes them.' }),
}

export const ruleIn = z.object({
  ...fields,
  source: fields.source.default('*'),
  metric_type: fields.metric_type.default('*'),
  z_threshold: fields.z_threshold.default(3),
  iqr_factor: fields.iqr_factor.default(1.5),
  operator: operator.default('above'),
  min_samples: fields.min_samples.default(10),
  is_active: fields.is_active.default(true),
  for_seconds: fields.for_seconds.default(0),
  cooldown_seconds: fields.cooldown_seconds.default(0),
  resolve_seconds: fields.resolve_seconds.default(300),
  recovery_score: fields.recovery_score.default(0.4),
  params: params.default({}),
})
export type RuleIn = z.infer<typeof ruleIn>

export const rulePatch = z.object(fields).partial()
export type RulePatch = z.infer<typeof rulePatch>

export const rule = z.object({
  ...fields,
  id,
  description: z.string().nullable(),
  threshold: z.number().nullable(),
  severity: severity.nullable(),
  resolve_samples: z.int().nullable(),
  created_at: instant,
  updated_at: instant,
})
export type Rule = z.infer<typeof rule>

export const ruleToggled = z.object({ rule_id: id, is_active: z.boolean() })

/** A detector as a form needs it: `params` is the JSON Schema of its own parameters. */
export const methodOut = z.object({
  method: z.string(),
  summary: z.string(),
  uses: z.array(z.enum(['z_threshold', 'iqr_factor', 'threshold', 'operator', 'min_samples'])),
  params: z.record(z.string(), z.unknown()),
})
export type MethodOut = z.infer<typeof methodOut>
