// The hours of the day in which only critical events notify. Pure.
import { DAY } from '../../../shared/domain/time.ts'
import type { Severity } from '../../../shared/schemas/event.ts'
import type { Settings } from '../../../shared/schemas/settings.ts'
import { machineZone, minuteOf, weekDayOf, zoneNamed } from '../platform/zoned-time.ts'

/** Whether events of a severity notify at a time in milliseconds since 1970. */
export const isNotificationEnabled = (
  severity: Severity,
  { notify, quiet_hours }: Pick<Settings, 'notify' | 'quiet_hours'>,
  time: number,
): boolean => notify[severity] && (severity === 'CRITICAL' || !inQuietHours(quiet_hours, time))

/**
 * Whether a time in milliseconds since 1970 lies in the quiet hours, which are in local time. Hours that end before they
 * begin end on the next day; hours that end when they begin last a whole day.
 */
export function inQuietHours({ on, days, from, to, time_zone }: Settings['quiet_hours'], time: number): boolean {
  if (!on) return false
  const { date, minute } = zoneNamed(time_zone ?? machineZone()).localAt(time)
  const [begin, end] = [minuteOf(from), minuteOf(to)]
  const begunOn = (day: number) => days.includes(weekDayOf({ date: day }))
  if (begin < end) return begunOn(date) && begin <= minute && minute < end
  return (minute >= begin && begunOn(date)) || (minute < end && begunOn(date - DAY))
}
