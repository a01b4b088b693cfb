// What the engineer can set about the program itself, and what it tells of itself.
import { z } from 'zod'
import { wallTime, weekDays } from './quiet.ts'
import { timeZone } from './time-zone.ts'

export const THEMES = ['auto', 'light', 'dark'] as const

/** Which severities notify; the others stay quiet. */
const notify = z.object({ INFO: z.boolean(), WARNING: z.boolean(), CRITICAL: z.boolean() })

/** In them, only what is critical notifies. */
const quietHours = z.object({
  on: z.boolean(),
  days: weekDays.meta({ description: 'on which they begin: 1 is Monday, 7 is Sunday' }),
  from: wallTime.meta({ description: 'local time, HH:MM' }),
  to: wallTime.meta({ description: 'local time, HH:MM; on the next day where it is not after `from`' }),
  time_zone: timeZone.nullable().meta({ description: 'IANA zone; null: that of this machine' }),
})

/** Sums by minute are kept for so many times as long as samples are. */
export const MINUTES_LAST = 3

const fields = {
  theme: z.enum(THEMES),
  notify: notify.partial(),
  quiet_hours: quietHours.partial(),
  retention_days: z
    .int()
    .min(1)
    .max(365)
    .meta({ description: 'older samples become sums by minute, and later by hour' }),
  history_days: z.int().min(1).max(3650).meta({ description: 'older sums are removed' }),
  history_megabytes: z
    .int()
    .min(100)
    .max(1_000_000)
    .meta({ description: 'beyond this size of the database, the oldest history is removed' }),
}

export const settings = z.object({
  theme: fields.theme.default('auto'),
  notify: notify.default({ INFO: false, WARNING: false, CRITICAL: true }),
  quiet_hours: quietHours.default({
    on: false,
    days: [1, 2, 3, 4, 5, 6, 7],
    from: '22:00',
    to: '07:00',
    time_zone: null,
  }),
  retention_days: fields.retention_days.default(30),
  history_days: fields.history_days.default(365),
  history_megabytes: fields.history_megabytes.default(2000),
})
export type Settings = z.infer<typeof settings>

export const settingsPatch = z.object(fields).partial()
export type SettingsPatch = z.infer<typeof settingsPatch>

const about = z.object({
  version: z.string(),
  data_dir: z.string(),
  token_file: z.string(),
  user: z.string(),
})

export const settingsOut = settings.extend({ about })
export type SettingsOut = z.infer<typeof settingsOut>

export const tokenOut = z.object({ token: z.string() })
