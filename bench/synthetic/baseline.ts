// How one synthetic series goes, and the calendar that all of them share.
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Monday in UTC: no clock is changed anywhere in the weeks after it. */
export const START = Date.UTC(2026, 0, 5)

export const hourOf = (time: number) => (time % DAY) / HOUR
/** Monday is 0. */
export const weekDayOf = (time: number) => Math.floor((time - START) / DAY) % 7

/** One series without its faults. */
export interface Baseline {
  /** Asked in the order of time. */
  at(time: number): number
  /** The same without what comes every night or hour. */
  without?(time: number): number
  /** A departure that nobody who knows the series takes for usual. */
  large: number
}
