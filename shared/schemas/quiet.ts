// When nobody is told: silences, maintenance windows, and the snooze of one event.
import { z } from 'zod'
import { severity } from './event.ts'
import { commentInQuery, id, inQuery, instant, instantIn, limitInQuery, name, offsetInQuery } from './input.ts'
import { timeZone } from './time-zone.ts'

const WEEK_IN_MINUTES = 10_080

const matcherFields = {
  source: name.meta({ description: 'glob: * and ?, in any case' }),
  metric_type: name.meta({ description: 'glob: * and ?, in any case' }),
  rule_id: id.nullish().meta({ description: 'left out: whatever the rule' }),
  severity: severity.nullish().meta({ description: 'exactly this one; left out: all' }),
}

/** Which events are meant. */
export const matcher = z.object({
  ...matcherFields,
  source: matcherFields.source.default('*'),
  metric_type: matcherFields.metric_type.default('*'),
})
export type Matcher = z.infer<typeof matcher>

export const matched = z.object({
  live_events: z.int().min(0),
  series: z.int().min(0).meta({ description: 'real series that match by name and, where one is given, by the rule' }),
})

const silenceFields = {
  ...matcherFields,
  from: instantIn.optional().meta({ description: 'left out: now' }),
  to: instantIn.meta({ description: 'the first moment that is no longer silent' }),
  comment: z.string().min(1).max(1000).meta({ description: 'why' }),
}

export const silenceIn = z.object({ ...silenceFields, ...matcher.shape })
export type SilenceIn = z.infer<typeof silenceIn>

export const silencePatch = z.object(silenceFields).partial()

const whichRule = { rule_id: id.nullable(), severity: severity.nullable() }
const made = { id, created_by: z.string(), created_at: instant }

export const silence = z.object({ ...silenceFields, ...whichRule, ...made, from: instant, to: instant })
export type Silence = z.infer<typeof silence>

export const silencesQuery = z.object({ limit: limitInQuery(1000, 200), offset: offsetInQuery })

/** `HH:MM` by the clock on the wall. */
export const wallTime = z.iso.time({ precision: -1 }).meta({ examples: ['02:30'] })

/** Days of the week as ISO 8601 counts them: Monday is 1, Sunday is 7. */
export const weekDays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must not name a day twice')

const windowFields = {
  ...matcherFields,
  name: z.string().min(1).max(200),
  days: weekDays.meta({ description: 'on which it begins: 1 is Monday, 7 is Sunday' }),
  start: wallTime.meta({ description: 'local time at which it begins, HH:MM' }),
  minutes: z.int().min(1).max(WEEK_IN_MINUTES).meta({ description: 'how long it lasts, in real time' }),
  time_zone: timeZone.meta({ description: 'IANA zone of `start`; left out: that of this machine' }),
  is_active: z.boolean(),
}

export const maintenanceWindowIn = z.object({
  ...windowFields,
  ...matcher.shape,
  time_zone: windowFields.time_zone.optional(),
  is_active: z.boolean().default(true),
})
export type MaintenanceWindowIn = z.input<typeof maintenanceWindowIn>

export const maintenanceWindowPatch = z.object(windowFields).partial()

const maintenanceWindow = z.object({
  ...windowFields,
  ...whichRule,
  ...made,
})
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>

/** With its present or next occurrence. */
export const maintenanceWindowOut = maintenanceWindow.extend({ next_from: instant, next_to: instant })
export type MaintenanceWindowOut = z.infer<typeof maintenanceWindowOut>

export const snoozeQuery = z.object({
  minutes: inQuery(z.int().min(1).max(WEEK_IN_MINUTES)).optional().meta({ description: 'from now; or `until`' }),
  until: instantIn.optional(),
  comment: commentInQuery,
})
