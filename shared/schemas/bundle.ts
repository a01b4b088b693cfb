// Bundles: one event with the data needed to understand it on another machine, as one file. A bundle holds no token, no
// key and no setting.
import { z } from 'zod'
import { event, eventWithTimeline } from './event.ts'
import { explanation } from './explanation.ts'
import { instant } from './input.ts'
import { rule } from './rule.ts'

export const BUNDLE_VERSION = 1
/** The limit of a request body, so that every bundle can be opened. */
export const MAX_BUNDLE_BYTES = 1024 * 1024
export const MAX_BUNDLED_SAMPLES = 10_000
export const MAX_BUNDLED_SERIES = 30

/** Milliseconds since 1970, up to the maximum of a Date. */
const timestamp = z.int().min(0).max(8.64e15)

const bundledSeries = z
  .object({
    source: z.string().max(256),
    metric_type: z.string().max(256),
    unit: z.string().max(64).nullable(),
    times: z.array(timestamp).max(MAX_BUNDLED_SAMPLES).meta({ description: 'Milliseconds since 1970, UTC.' }),
    values: z.array(z.number()).max(MAX_BUNDLED_SAMPLES),
    cut: z.boolean().meta({ description: 'Whether samples were left out to limit the size.' }),
  })
  .refine(({ times, values }) => times.length === values.length, {
    path: ['values'],
    message: 'must be as many as times',
  })
export type BundledSeries = z.infer<typeof bundledSeries>

// Separate objects: the OpenAPI document names the schemas of answers, and a bundle is an input, too.
const bundledRule = z.object(rule.shape)
/** Fields that bundles of earlier versions lack. */
const addedLater = {
  side: event.shape.side.default('above'),
  current_value: event.shape.current_value.default(null),
  peak_at: event.shape.peak_at.default(null),
  notified_at: event.shape.notified_at.default(null),
  confirmed_at: event.shape.confirmed_at.default(null),
  confirmed_by: event.shape.confirmed_by.default(null),
  resolution: event.shape.resolution.default(null),
}
const bundledEvent = z.object({ ...event.shape, ...addedLater })

export const bundle = z.object({
  format: z.literal('tocsin-bundle'),
  version: z.literal(BUNDLE_VERSION),
  made_at: instant,
  made_by: z.string().max(64).meta({ description: 'Version of Tocsin that created the bundle.' }),
  event: bundledEvent.extend({ timeline: eventWithTimeline.shape.timeline }),
  explanation,
  rule: bundledRule
    .nullable()
    .meta({ description: 'The rule when the bundle was created. Null if the rule was deleted.' }),
  incident: z.array(bundledEvent).max(100).meta({ description: 'All events of the incident, including this one.' }),
  series: bundledSeries,
  neighbours: z
    .array(bundledSeries)
    .max(MAX_BUNDLED_SERIES)
    .meta({ description: 'Other series of the same source, as far as the size limit allows.' }),
})
export type Bundle = z.infer<typeof bundle>
