// What machines of the week have in common.
import type { Chance } from '../support/chance.ts'
import { DAY, DAYS, HOUR, MINUTE, MONDAY, type Span } from './calendar.ts'

/** What is wrong with a machine at a time. */
export interface Trouble {
  /** Percent of memory that nobody gives back. */
  leaked: number
  /** Percent of the disk that something has filled. */
  filled: number
  /** Percent of requests that fail beside the usual ones. */
  failing: number
  /** How many times as long everything takes. */
  slowness: number
  /** Entries that the queue has too many. */
  queued: number
  isStuck: boolean
  isSilent: boolean
}

export interface Machine {
  source: string
  /** Values by metric type; must be asked in the order of time. */
  readingsAt(time: number, trouble: Trouble): Record<string, number>
}

export const percent = (value: number): number => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10

export const count = (value: number): number => Math.max(0, Math.round(value))

/** Rounded to a hundredth. */
export const fine = (value: number): number => Math.round(Math.max(0, value) * 100) / 100

/** Every night at three, give or take some minutes, for 20 to 40. */
export function nightlyBackups(chance: Chance): Span[] {
  const usual = { begin: chance.between(0, 8), length: chance.between(22, 36) }
  return DAYS.map((midnight) => {
    const from = midnight + 3 * HOUR + (usual.begin + chance.between(-1, 1)) * MINUTE
    return { from, to: from + (usual.length + chance.between(-2, 4)) * MINUTE }
  })
}

/** A file system in percent: grows slowly for good, and fills faster until something tidies up, every one to three days. */
export function createDisk(chance: Chance): (time: number) => number {
  const [begin, perWeek, swing] = [chance.between(30, 68), chance.between(0.5, 3), chance.between(1, 6)]
  const [every, phase] = [chance.whole(1, 3) * DAY, chance.between(0, DAY)]
  return (time) => begin + (perWeek * (time - MONDAY)) / (7 * DAY) + (swing * ((time - MONDAY + phase) % every)) / every
}
