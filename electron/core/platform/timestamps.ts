// Instants as agents write them, read without a regular expression and without a Date.
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts'

/**
 * Milliseconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ` and `YYYY-MM-DDTHH:MM:SS.mmmZ`. Undefined for whatever else is
 * written, right or wrong.
 */
export function parseTimestamp(text: string): number | undefined {
  const hasFraction = text.length === 24
  if (!hasFraction && text.length !== 20) return undefined
  const separated =
    text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':' && text.endsWith('Z')
  if (!separated || (hasFraction && text[19] !== '.')) return undefined
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const second = digits(text, 17, 19)
  const fraction = hasFraction ? digits(text, 20, 23) : 0
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59
  // What is no digit makes NaN, which is in no range; year and fraction have none.
  if (!inRange || Number.isNaN(year + fraction) || day > daysIn(month, year)) return undefined
  return daysSince1970(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * 1000 + fraction
}

/** NaN if one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN
  }
  return number
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const daysIn = (month: number, year: number) => (month === 2 && isLeap(year) ? 29 : DAYS[month - 1]!)

/**
 * In the Gregorian calendar, with years that begin in March, so that the leap day is their last: `days_from_civil` of
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". From year 0 on.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return 365 * marchYear + leapDays + dayOfYear - 719_468
}
