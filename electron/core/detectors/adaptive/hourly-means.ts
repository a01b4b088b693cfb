// Means of each hour of the day, over the days before; or of the week, over the weeks.
import type { HeldRun } from './held-run.ts'
import { packed, unpacked } from '../window.ts'

/** What the newest day weighs in the mean of an hour. */
const NEWEST_DAY = 0.3
/** Of more days, the newest weighs no less. */
const MAX_DAYS = Math.ceil(1 / NEWEST_DAY)

export class HourlyMeans {
  private readonly means: Float64Array
  /** Of how many days each mean is, as far as that matters. */
  private readonly days: Uint8Array
  /** The hour at hand: which, and what was added in it. */
  private hour: number | null
  private sum: number
  private count: number

  /** @param hours after which the same hour comes again */
  constructor(hours: number, saved?: SavedHours) {
    this.means = saved ? unpacked(saved.means) : new Float64Array(hours)
    this.days = saved ? Uint8Array.from(Buffer.from(saved.days, 'base64')) : new Uint8Array(hours)
    this.hour = saved?.hour ?? null
    this.sum = saved?.sum ?? 0
    this.count = saved?.count ?? 0
  }

  /** null where this hour was never seen before. */
  get(hour: number): number | null {
    const slot = this.slotOf(hour)
    return this.days[slot] === 0 ? null : this.means[slot]!
  }

  add(hour: number, value: number): void {
    if (hour !== this.hour) {
      if (this.hour !== null) this.close(this.hour)
      this.hour = hour
      this.sum = 0
      this.count = 0
    }
    this.sum += value
    this.count++
  }

  /** An anomaly has stayed: its hours are the means, and the hours it did not have move with the others. */
  adopt(run: HeldRun): void {
    const { means, days } = this
    const moved: number[] = []
    for (let slot = 0; slot < means.length; slot++) {
      const mean = run.meanAt(slot)
      if (mean !== null && days[slot]! > 0) moved.push(mean - means[slot]!)
    }
    const shift = moved.toSorted((one, other) => one - other)[moved.length >> 1] ?? 0
    for (let slot = 0; slot < means.length; slot++) {
      const mean = run.meanAt(slot)
      means[slot] = mean ?? means[slot]! + shift
      if (mean !== null) days[slot] = Math.max(1, days[slot]!)
    }
    this.hour = null
  }

  restore({ means, days }: SavedHours): void {
    this.means.set(unpacked(means))
    this.days.set(Buffer.from(days, 'base64'))
    this.hour = null
  }

  state(): SavedHours {
    const { hour, sum, count } = this
    return { means: packed(this.means), days: packed(this.days), hour, sum, count }
  }

  private close(hour: number): void {
    const slot = this.slotOf(hour)
    const days = Math.min(MAX_DAYS, this.days[slot]! + 1)
    this.days[slot] = days
    this.means[slot]! += (this.sum / this.count - this.means[slot]!) * Math.max(NEWEST_DAY, 1 / days)
  }

  private slotOf(hour: number): number {
    const { length } = this.means
    return ((hour % length) + length) % length
  }
}

export interface SavedHours {
  means: string
  days: string
  hour: number | null
  sum: number
  count: number
}
