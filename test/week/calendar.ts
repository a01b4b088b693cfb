// The week: from Monday, 7 o'clock, on. All its hours are those of UTC.
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Midnight before it. */
export const MONDAY = Date.UTC(2026, 0, 12)
export const BEGIN = MONDAY + 7 * HOUR
export const END = BEGIN + 7 * DAY

/** Servers are read so often. */
export const SERVER_READING = 2 * MINUTE

export interface Span {
  from: number
  to: number
}

export const isWithin = (time: number, { from, to }: Span): boolean => from <= time && time < to

export const isInOne = (time: number, spans: readonly Span[]): boolean => spans.some((span) => isWithin(time, span))

/** The midnights of the week, the one after its end included. */
export const DAYS: readonly number[] = Array.from({ length: 8 }, (_, day) => MONDAY + day * DAY)

/** Monday to Friday. */
export const isWorkday = (time: number): boolean => Math.floor((time - MONDAY) / DAY) % 7 < 5

/** 0 up to 24. */
export const hourOf = (time: number): number => ((time - MONDAY) % DAY) / HOUR

/** Which of the seven nights, from 22 to 7, a time belongs to; -1 by day. */
export function nightOf(time: number): number {
  const hour = hourOf(time)
  if (hour >= 7 && hour < 22) return -1
  return Math.floor((time - 7 * HOUR - MONDAY) / DAY)
}
