// Maintenance windows: silences that recur on days of the week, in a time zone.
import { z } from 'zod'
import { instant } from './input.ts'
import { created, matcher, matcherFields, matcherOut } from './silences.ts'
import { timeZone } from './time-zone.ts'
import { localTime, WEEK_IN_MINUTES, weekDays } from './wall-clock.ts'

const fields = {
  ...matcherFields,
  name: z.string().min(1).max(200),
  days: weekDays.meta({ description: 'Days on which the window starts: 1 is Monday, 7 is Sunday.' }),
  start: localTime.meta({ description: 'Local start time, HH:MM.' }),
  minutes: z.int().min(1).max(WEEK_IN_MINUTES).meta({ description: 'Duration in minutes of elapsed time.' }),
  time_zone: timeZone.meta({ description: 'IANA time zone of `start`. Default: the time zone of this machine.' }),
  is_active: z.boolean(),
}

export const maintenanceWindowIn = z.object({
  ...fields,
  ...matcher.shape,
  time_zone: fields.time_zone.optional(),
  is_active: z.boolean().default(true),
})
export type MaintenanceWindowIn = z.input<typeof maintenanceWindowIn>

export const maintenanceWindowPatch = z.object(fields).partial()

const maintenanceWindow = z.object({ ...fields, ...matcherOut, ...created })
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>

export const maintenanceWindowOut = maintenanceWindow.extend({
  next_from: instant.meta({ description: 'Start of the current or next occurrence.' }),
  next_to: instant.meta({ description: 'End of the current or next occurrence.' }),
})
export type MaintenanceWindowOut = z.infer<typeof maintenanceWindowOut>
