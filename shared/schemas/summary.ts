// The state of things over the last hours, in numbers.
import { z } from 'zod'
import { hoursInQuery } from './input.ts'
import { severity, status } from './event.ts'
import { timeZone } from './time-zone.ts'

export const summaryQuery = z.object({
  hours: hoursInQuery(720, 24),
  tz: timeZone.default('UTC').meta({ description: 'whose days daily_trend counts' }),
})

const count = z.int().min(0)

export const summary = z.object({
  period_hours: z.int(),
  total_events: count,
  by_status: z.partialRecord(status, count),
  by_severity: z.partialRecord(severity, count),
  by_metric_type: z.record(z.string(), count),
  daily_trend: z.record(z.string(), count),
  metric_snapshots: count.meta({ description: 'samples, drills too; one counts from the beginning of its minute' }),
  open_critical: count.meta({ description: 'open, critical and not silenced' }),
})
export type Summary = z.infer<typeof summary>
