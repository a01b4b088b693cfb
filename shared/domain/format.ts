// Formats values and times for people. Pure: the same input gives the same text.
import { DAY, HOUR, MINUTE, SECOND } from './time.ts'

interface Step {
  factor: number
  unit: string
}

const steps = (base: number, units: readonly string[]): Step[] =>
  units.map((unit, power) => ({ factor: base ** power, unit }))

const BYTE_RATE = steps(1000, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'])
const BIT_RATE = steps(1000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'])
const BYTES = steps(1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'])
const FREQUENCY = steps(1000, ['Hz', 'kHz', 'MHz', 'GHz'])

/** In seconds. */
const TIME: Step[] = [
  { factor: 1e-9, unit: 'ns' },
  { factor: 1e-6, unit: 'µs' },
  { factor: 1e-3, unit: 'ms' },
  { factor: 1, unit: 's' },
  { factor: 60, unit: 'min' },
  { factor: 3600, unit: 'h' },
  { factor: 86_400, unit: 'd' },
]

interface Scale {
  steps: readonly Step[]
  /** Factor from the given unit to the step with factor 1. */
  toBase: number
}

const SCALES: Record<string, Scale> = {
  'B/s': { steps: BYTE_RATE, toBase: 1 },
  'bit/s': { steps: BIT_RATE, toBase: 1 },
  bps: { steps: BIT_RATE, toBase: 1 },
  B: { steps: BYTES, toBase: 1 },
  By: { steps: BYTES, toBase: 1 },
  bytes: { steps: BYTES, toBase: 1 },
  Hz: { steps: FREQUENCY, toBase: 1 },
  ns: { steps: TIME, toBase: 1e-9 },
  us: { steps: TIME, toBase: 1e-6 },
  µs: { steps: TIME, toBase: 1e-6 },
  ms: { steps: TIME, toBase: 1e-3 },
  s: { steps: TIME, toBase: 1 },
}

const NO_BREAK = '\u00a0'

/**
 * Formats a value with its unit: `97.3 %`, `1.24 MB/s`, `3.5 GiB`, `420 ms`, `1.24 M`. Rates in bytes step by 1000,
 * sizes by 1024. An unknown unit is kept as is.
 */
export function formatValue(value: number, unit: string | null, locale = 'en'): string {
  const scale = unit ? SCALES[unit] : undefined
  if (!scale) return unit ? `${formatNumber(value, locale)}${NO_BREAK}${unit}` : formatNumber(value, locale)
  const based = value * scale.toBase
  const step = fitting(scale, based)
  return `${formatNumber(based / step.factor, locale)}${NO_BREAK}${step.unit}`
}

/** The numbers of several values in one unit, that of the largest, so that they can be compared at a glance. */
export function formatInOneUnit(
  values: readonly number[],
  unit: string | null,
  locale = 'en',
): { numbers: string[]; unit: string | null } {
  const scale = unit ? SCALES[unit] : undefined
  if (!scale) return { numbers: values.map((value) => formatNumber(value, locale)), unit: unit || null }
  const step = fitting(scale, Math.max(...values.map(Math.abs)) * scale.toBase)
  const numbers = values.map((value) => formatNumber((value * scale.toBase) / step.factor, locale))
  return { numbers, unit: step.unit }
}

/** The largest step in which the value is at least one. Zero keeps its unit. */
function fitting({ steps, toBase }: Scale, based: number): Step {
  const size = Math.abs(based)
  if (size === 0) return steps.find(({ factor }) => factor === toBase) ?? steps[0]!
  return steps.findLast(({ factor }) => size >= factor * (1 - 1e-9)) ?? steps[0]!
}

/** Rounds to about three significant digits: 1.234 is `1.23`, 1234.5 is `1,235`, 0.01234 is `0.0123`. */
export function formatNumber(value: number, locale = 'en'): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-6 || size >= 1e15))
    return intl(locale, { notation: 'scientific', maximumFractionDigits: 2 }).format(value)
  if (size >= 1e6) return intl(locale, { notation: 'compact', maximumFractionDigits: 2 }).format(value)
  if (size >= 1000) return intl(locale, { maximumFractionDigits: 0 }).format(value)
  if (size >= 100) return intl(locale, { maximumFractionDigits: 1 }).format(value)
  if (size >= 1) return intl(locale, { maximumFractionDigits: 2 }).format(value)
  return intl(locale, { maximumSignificantDigits: 3 }).format(value)
}

// Creating a formatter is far slower than using one.
const formatters = new Map<string, Intl.NumberFormat>()

function intl(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, options)
  formatters.set(key, known)
  return known
}

/** Formats an age in its largest unit: `now` below five seconds, then `12 sec ago`, `3 min ago`, `2 hr ago`. */
export function formatAge(milliseconds: number, locale = 'en'): string {
  const age = Math.max(0, milliseconds)
  const ago = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: age < 5 * SECOND ? 'auto' : 'always' })
  if (age < 5 * SECOND) return ago.format(0, 'second')
  if (age < MINUTE) return ago.format(-Math.floor(age / SECOND), 'second')
  if (age < HOUR) return ago.format(-Math.floor(age / MINUTE), 'minute')
  if (age < 2 * DAY) return ago.format(-Math.floor(age / HOUR), 'hour')
  return ago.format(-Math.floor(age / DAY), 'day')
}

/** Formats a duration in its two largest units: `45 s`, `13 min`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / SECOND))
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  if (first === -1) return `0${NO_BREAK}s`
  // Seconds beside minutes are noise.
  const shown = parts.slice(first, first + (first === 2 ? 1 : 2)).filter(([amount]) => amount > 0)
  return shown.map(([amount, unit]) => `${amount}${NO_BREAK}${unit}`).join(' ')
}

/** Formats a time with date and seconds, in the local time zone unless `timeZone` (IANA) names another. */
export const formatInstant = (time: number | string, locale = 'en', timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))

/** Formats a recent time, without year and seconds: `22 Nov, 19:30`; zones as for `formatInstant`. */
export const formatMoment = (time: number | string, locale = 'en', timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(new Date(time))

/** Formats the time of day with seconds, in the local time zone unless `timeZone` (IANA) names another. */
export const formatClock = (time: number | string, locale = 'en', timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', ...(timeZone && { timeZone }) }).format(
    new Date(time),
  )
