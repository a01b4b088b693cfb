// A bundle: one event with all that is needed to understand it elsewhere, in one file. Nothing in it opens anything:
// no token, no key, no setting.
import { z } from 'zod'
import { event, eventWithTimeline } from './event.ts'
import { explanation } from './explanation.ts'
import { instant } from './input.ts'
import { rule } from './rule.ts'

export const BUNDLE_VERSION = 1
/** As a body may have: what is made here can be opened anywhere. */
export const MAX_BUNDLE_BYTES = 1024 * 1024
export const MAX_BUNDLED_SAMPLES = 10_000
export const MAX_BUNDLED_SERIES = 30

/** The largest moment that a date can have. */
const moment = z.int().min(0).max(8.64e15)

const bundledSeries = z
  .object({
    source: z.string().max(256),
    metric_type: z.string().max(256),
    unit: z.string().max(64).nullable(),
    times: z.array(moment).max(MAX_BUNDLED_SAMPLES).meta({ description: 'milliseconds since 1970' }),
    values: z.array(z.number()).max(MAX_BUNDLED_SAMPLES),
    cut: z.boolean().meta({ description: 'whether there were more samples in that time' }),
  })
  .refine(({ times, values }) => times.length === values.length, {
    path: ['values'],
    message: 'must be as many as times',
  })
export type BundledSeries = z.infer<typeof bundledSeries>

// Objects of their own: the API's document names what it answers with, and this comes in, too.
const bundledRule = z.object(rule.shape)
const bundledEvent = z.object(event.shape)

export const bundle = z.object({
  format: z.literal('tocsin-bundle'),
  version: z.literal(BUNDLE_VERSION),
  made_at: instant,
  made_by: z.string().max(64).meta({ description: 'the version of Tocsin' }),
  event: eventWithTimeline,
  explanation,
  rule: bundledRule.nullable().meta({ description: 'as it was when the bundle was made; null where it is deleted' }),
  incident: z.array(bundledEvent).max(100).meta({ description: 'the events that belong together, this one too' }),
  series: bundledSeries,
  neighbours: z
    .array(bundledSeries)
    .max(MAX_BUNDLED_SERIES)
    .meta({ description: 'other series of the same source, as many as there is room for' }),
})
export type Bundle = z.infer<typeof bundle>
