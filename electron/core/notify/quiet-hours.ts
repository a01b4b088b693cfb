// The hours of the day in which only what is critical may be heard. Pure.
import type { Severity } from '../../../shared/schemas/event.ts'
import type { Settings } from '../../../shared/schemas/settings.ts'
import { machineZone, minuteOf, weekDayOf, zoneNamed } from '../platform/zoned-time.ts'

const DAY = 86_400_000

/** Whether events of a severity are told at a time in milliseconds since 1970. */
export const isNotificationEnabled = (
  severity: Severity,
  { notify, quiet_hours }: Pick<Settings, 'notify' | 'quiet_hours'>,
  time: number,
): boolean => notify[severity] && (severity === 'CRITICAL' || !inQuietHours(quiet_hours, time))

/**
 * Whether a time in milliseconds since 1970 lies in the quiet hours. They go by the clock on the wall: hours that end
 * before they begin end on the next day, and those that end when they begin last a whole day.
 */
export function inQuietHours({ on, days, from, to, time_zone }: Settings['quiet_hours'], time: number): boolean {
  if (!on) return false
  const { date, minute } = zoneNamed(time_zone ?? machineZone()).localAt(time)
  const [begin, end] = [minuteOf(from), minuteOf(to)]
  const begunOn = (day: number) => days.includes(weekDayOf({ date: day }))
  if (begin < end) return begunOn(date) && begin <= minute && minute < end
  return (minute >= begin && begunOn(date)) || (minute < end && begunOn(date - DAY))
}
