// What the engineer can set about the program itself, and what it tells of itself.
import { z } from 'zod'
import { localTime, weekDays } from './wall-clock.ts'
import { timeZone } from './time-zone.ts'

export const THEMES = ['auto', 'light', 'dark'] as const

/** Which severities notify; the others stay quiet. */
const notify = z.object({ INFO: z.boolean(), WARNING: z.boolean(), CRITICAL: z.boolean() })

/** In them, only what is critical notifies. */
const quietHours = z.object({
  on: z.boolean(),
  days: weekDays.meta({ description: 'on which they begin: 1 is Monday, 7 is Sunday' }),
  from: localTime.meta({ description: 'local time, HH:MM' }),
  to: localTime.meta({ description: 'local time, HH:MM; on the next day where it is not after `from`' }),
  time_zone: timeZone.nullable().meta({ description: 'IANA zone; null: that of this machine' }),
})

/** Of an OpenAI-compatible server. Nothing is sent to it unless it is on and a prompt was confirmed. */
const llm = z.object({
  enabled: z.boolean(),
  url: z.string(),
  model: z.string().max(256).meta({ description: 'empty: none is asked' }),
  timeout_seconds: z.int().min(1).max(100),
})

/** No query, no fragment, and no name or password: a key has its own place. */
const PLAIN_URL = /^https?:\/\/[^/@?#\s]+(\/[^?#\s]*)?$/i

const llmPatch = llm
  .extend({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(1000)
      .regex(PLAIN_URL, 'must be an address without name, password, query or fragment')
      .meta({ description: 'up to before /chat/completions: http://127.0.0.1:11434/v1' }),
    api_key: z
      .string()
      .min(1)
      .max(1000)
      .regex(/^[!#-[\]-~]*$/, 'must be of ASCII characters without spaces, quotes and backslashes')
      .nullable()
      .meta({ description: 'kept for the host of the address; null forgets it. It is never given back' }),
  })
  .partial()

/** Sums by minute are kept for so many times as long as samples are. */
export const MINUTE_ROLLUP_FACTOR = 3

const fields = {
  theme: z.enum(THEMES),
  notify: notify.partial(),
  quiet_hours: quietHours.partial(),
  llm: llmPatch,
  retention_days: z
    .int()
    .min(1)
    .max(365)
    .meta({ description: 'older samples become sums by minute, and later by hour' }),
  history_days: z
    .int()
    .min(1)
    .max(3650)
    .meta({ description: 'older sums are removed, and events that were over by then' }),
  history_megabytes: z
    .int()
    .min(100)
    .max(1_000_000)
    .meta({ description: 'beyond this size of the database, the oldest history is removed' }),
  most_series: z
    .int()
    .min(100)
    .max(1_000_000)
    .meta({ description: 'samples that would make more are refused; those of known series are not' }),
  most_series_of_source: z.int().min(100).max(1_000_000).meta({ description: 'the same for each source' }),
  power_loss_safe: z.boolean().meta({
    description: 'whether every commit waits for the disk, from now on; else a loss of power may take the newest',
  }),
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
  llm: llm.default({ enabled: false, url: 'http://127.0.0.1:11434/v1', model: '', timeout_seconds: 60 }),
  retention_days: fields.retention_days.default(30),
  history_days: fields.history_days.default(365),
  history_megabytes: fields.history_megabytes.default(2000),
  most_series: fields.most_series.default(200_000),
  most_series_of_source: fields.most_series_of_source.default(20_000),
  power_loss_safe: fields.power_loss_safe.default(false),
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

export const settingsOut = settings.extend({
  llm: llm.extend({ has_key: z.boolean().meta({ description: 'whether a key is kept for the host of the address' }) }),
  about,
})
export type SettingsOut = z.infer<typeof settingsOut>

export const tokenOut = z.object({ token: z.string() })
