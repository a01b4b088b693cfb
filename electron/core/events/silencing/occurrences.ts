// When a maintenance window is in force. Pure: looks at what is given.
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'
import { minuteOf, weekDayOf, zoneNamed } from '../../platform/zoned-time.ts'

/** In milliseconds since 1970; `to` is the first moment after it. */
export interface Occurrence {
  from: number
  to: number
}

type Recurring = Pick<MaintenanceWindow, 'days' | 'start' | 'minutes' | 'time_zone'>

/** The occurrence in which a time lies; where several overlap, the one that ends last. */
export const occurrenceAt = (window: Recurring, time: number): Occurrence | undefined =>
  occurrencesFrom(window, time).findLast(({ from }) => from <= time)

/** The occurrence in which a time lies, or else the next one. */
export const nextOccurrence = (window: Recurring, time: number): Occurrence => occurrencesFrom(window, time)[0]!

/**
 * Those that end after `time`, in their order, up to the first that begins in the week after it. A window begins by the
 * clock on the wall and lasts for real minutes, so it is no shorter on the night on which an hour is skipped.
 */
function occurrencesFrom({ days, start, minutes, time_zone }: Recurring, time: number): Occurrence[] {
  const zone = zoneNamed(time_zone)
  // A day earlier, since a start that is skipped at midnight comes on the day after its own.
  const first = zone.localAt(time - minutes * MINUTE).date - DAY
  const last = zone.localAt(time).date + 8 * DAY
  const found: Occurrence[] = []
  for (let date = first; date <= last; date += DAY) {
    if (!days.includes(weekDayOf({ date }))) continue
    const from = zone.instantOf({ date, minute: minuteOf(start) })
    const to = from + minutes * MINUTE
    if (to > time) found.push({ from, to })
    if (from > time) break
  }
  return found
}
