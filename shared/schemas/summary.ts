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
  total_events: count,
  by_status: z.partialRecord(status, count),
  by_severity: z.partialRecord(severity, count),
  by_metric_type: z.record(z.string(), count),
  daily_trend: z.record(z.string(), count),
  metric_snapshots: count.meta({
    description: 'Number of samples, including drills. The period starts at a full minute.',
  }),
  open_critical: count.meta({ description: 'Open critical events that are not silenced.' }),
})
export type Summary = z.infer<typeof summary>
