// The settings of the program, and information about the installation.
import { z } from 'zod'
import { localTime, weekDays } from './wall-clock.ts'
import { renamed } from './former-names.ts'
import { timeZone } from './time-zone.ts'

export const THEMES = ['auto', 'light', 'dark'] as const

/** Which severities notify. */
const notify = z.object({ INFO: z.boolean(), WARNING: z.boolean(), CRITICAL: z.boolean() })

/** During quiet hours, only CRITICAL events notify. */
const quietHours = z.object({
  on: z.boolean(),
  days: weekDays.meta({ description: 'Days on which quiet hours start: 1 is Monday, 7 is Sunday.' }),
  from: localTime.meta({ description: 'Local start time, HH:MM.' }),
  to: localTime.meta({ description: 'Local end time, HH:MM. On the next day if it is not after `from`.' }),
  time_zone: timeZone.nullable().meta({ description: 'IANA time zone. Null: the time zone of this machine.' }),
})

/** An OpenAI-compatible server. Nothing is sent unless it is enabled and a prompt was confirmed. */
const llm = z.object({
  enabled: z.boolean(),
  url: z.string(),
  model: z.string().max(256).meta({ description: 'Name of the model. Empty: no model is used.' }),
  timeout_seconds: z.int().min(1).max(100),
})

/** Without query, fragment, name and password: the key is a separate field. */
const PLAIN_URL = /^https?:\/\/[^/@?#\s]+(\/[^?#\s]*)?$/i

const llmPatch = llm
  .extend({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(1000)
      .regex(PLAIN_URL, 'must be an address without name, password, query or fragment')
      .meta({ description: 'Base URL without /chat/completions, such as http://127.0.0.1:11434/v1.' }),
    api_key: z
      .string()
      .min(1)
      .max(1000)
      .regex(/^[!#-[\]-~]*$/, 'must be of ASCII characters without spaces, quotes and backslashes')
      .nullable()
      .meta({ description: 'API key for the host of `url`. Null deletes it. It is never returned.' }),
  })
  .partial()

/** Rollups by minute are kept this many times as long as samples. */
export const MINUTE_ROLLUP_FACTOR = 3

const seriesLimit = z.int().min(100).max(1_000_000)

const fields = {
  theme: z.enum(THEMES),
  notify: notify.partial(),
  quiet_hours: quietHours.partial(),
  llm: llmPatch,
  retention_days: z
    .int()
    .min(1)
    .max(365)
    .meta({ description: 'How long samples are kept. Older samples become rollups by minute, and later by hour.' }),
  history_days: z.int().min(1).max(3650).meta({ description: 'How long rollups and ended events are kept.' }),
  history_megabytes: z
    .int()
    .min(100)
    .max(1_000_000)
    .meta({ description: 'Maximum size of the database. Beyond it, the oldest history is deleted.' }),
  max_series: renamed(
    'most_series',
    seriesLimit.meta({ description: 'Maximum number of series. Samples of further series are rejected.' }),
  ),
  max_series_per_source: renamed(
    'most_series_of_source',
    seriesLimit.meta({ description: 'Maximum number of series per source.' }),
  ),
  durable_writes: renamed(
    'power_loss_safe',
    z.boolean().meta({
      description: 'Whether every commit waits for the disk. If not, a power loss may lose the latest commits.',
    }),
  ),
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
  max_series: fields.max_series.default(200_000),
  max_series_per_source: fields.max_series_per_source.default(20_000),
  durable_writes: fields.durable_writes.default(false),
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
  llm: llm.extend({
    has_key: z.boolean().meta({ description: 'Whether an API key is stored for the host of `url`.' }),
  }),
  about,
})
export type SettingsOut = z.infer<typeof settingsOut>

export const tokenOut = z.object({ token: z.string() })
