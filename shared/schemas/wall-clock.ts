// Local times and days of the week, as quiet hours and maintenance windows use them.
import { z } from 'zod'

export const WEEK_IN_MINUTES = 10_080

/** `HH:MM` in a local time zone. */
export const localTime = z.iso.time({ precision: -1 }).meta({ examples: ['02:30'] })

/** ISO 8601 days of the week: Monday is 1, Sunday is 7. */
export const weekDays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must not name a day twice')
