// The days of a trend, including those without events.
import { DAY } from '../../../shared/domain/time.ts'

export interface Day {
  /** `2026-03-29` */
  day: string
  count: number
}

/**
 * @param trend counts by day, without days that have none
 * @param first and `last`: days that are always included
 */
export function fillDays(trend: Readonly<Record<string, number>>, first: string, last: string): Day[] {
  const known = Object.keys(trend)
  const from = [first, ...known].toSorted()[0] ?? first
  const to = [last, ...known].toSorted().at(-1) ?? last
  const days: Day[] = []
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY) {
    const day = new Date(time).toISOString().slice(0, 10)
    days.push({ day, count: trend[day] ?? 0 })
  }
  return days
}

/** The day of a time in the reader's time zone. */
export function localDay(time: number): string {
  const date = new Date(time)
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}

/** A day as a label: `Sun 29 Mar`. */
export const formatDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(day),
  )
