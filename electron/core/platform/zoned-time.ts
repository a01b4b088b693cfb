// Time by the clock on the wall, in a zone of the IANA database, and back.
import { DAY, MINUTE } from '../../../shared/domain/time.ts'

export interface LocalTime {
  /** The local day, as the milliseconds since 1970 of its midnight in UTC: days add up, whatever the clocks do. */
  date: number
  /** Minutes on the clock since midnight. */
  minute: number
}

export interface Zone {
  localAt(time: number): LocalTime
  /**
   * The moment in milliseconds since 1970 in UTC at which the clock shows this. As RFC 5545 (3.3.5) has it: a time that
   * occurs twice is its first occurrence; one that is skipped is read with the offset before the gap, so that 02:30
   * becomes 03:30 if the clock goes from 02:00 to 03:00.
   */
  instantOf(local: LocalTime): number
}

const zones = new Map<string, Zone>()

/** Throws RangeError if there is no such zone. */
export function zoneNamed(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? createZone(timeZone)
  zones.set(timeZone, zone)
  return zone
}

let asked = { at: -Infinity, zone: '' }

/** The zone in which this machine is. It is asked once a second at most: that takes as long as evaluating a hundred samples. */
export function machineZone(): string {
  const now = performance.now()
  if (now - asked.at >= 1000) asked = { at: now, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone }
  return asked.zone
}

/** Monday is 1, Sunday is 7. */
export const weekDayOf = ({ date }: Pick<LocalTime, 'date'>) => ((((date / DAY + 3) % 7) + 7) % 7) + 1

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (wallTime: string) => Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3, 5))

function createZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  /** What the clock shows, as if it were in UTC; to the second. */
  const wallAt = (time: number) => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(time)) part[type] = Number(value)
    return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  }
  const offsetAt = (time: number) => wallAt(time) - Math.floor(time / 1000) * 1000

  return {
    localAt(time) {
      const wall = wallAt(time)
      const date = Math.floor(wall / DAY) * DAY
      return { date, minute: Math.floor((wall - date) / MINUTE) }
    },
    instantOf({ date, minute }) {
      const wall = date + minute * MINUTE
      const before = wall - offsetAt(wall - DAY)
      const after = wall - offsetAt(wall + DAY)
      return [before, after].find((time) => wallAt(time) === wall) ?? before
    },
  }
}
