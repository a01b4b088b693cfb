// Summary statistics of the last hours.
import { z } from 'zod'
import { hoursInQuery } from './input.ts'
import { severity, status } from './event.ts'
import { timeZone } from './time-zone.ts'

export const summaryQuery = z.object({
  hours: hoursInQuery(720, 24),
  tz: timeZone.default('UTC').meta({ description: 'IANA time zone of the days in `daily_trend`.' }),
})

const count = z.int().min(0)

export const summary = z.object({
  period_hours: z.int(),
  total_events: count.meta({
    description: 'Events detected in the period, and live ones whatever their age; drills are included here and below.',
  }),
  by_status: z.partialRecord(status, count),
  by_severity: z.partialRecord(severity, count),
  by_metric_type: z.record(z.string(), count),
  daily_trend: z.record(z.string(), count).meta({ description: 'Events of the period by the day of detection.' }),
  metric_snapshots: count.meta({
    description: 'Number of samples, including drills. The period starts at a full minute.',
  }),
  open_critical: count.meta({ description: 'Open critical events that are not silenced, whatever their age.' }),
  drills: z
    .object({ total_events: count, live: count, open_critical: count })
    .meta({ description: 'How many of the events counted above are those of drills.' }),
})
export type Summary = z.infer<typeof summary>
