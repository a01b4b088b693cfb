// Durations in milliseconds, and times in the format of the API.
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** @param time milliseconds since 1970 in UTC */
export const toIso = (time: number): string => new Date(time).toISOString()
