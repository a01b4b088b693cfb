// Means of each hour of the day, over the days before.
import { packed, unpacked } from '../window.ts'

/** What the newest day weighs in the mean of an hour. */
const NEWEST_DAY = 0.3

export class HourlyMeans {
  private readonly means: Float64Array
  /** Of how many days each mean is. */
  private readonly days: Float64Array
  /** The hour at hand: which, and what was added in it. */
  private hour: number | null
  private sum: number
  private count: number

  constructor(saved?: SavedHours) {
    this.means = saved ? unpacked(saved.means) : new Float64Array(24)
    this.days = saved ? unpacked(saved.days) : new Float64Array(24)
    this.hour = saved?.hour ?? null
    this.sum = saved?.sum ?? 0
    this.count = saved?.count ?? 0
  }

  /** null where this hour of the day was never seen before. */
  get(hour: number): number | null {
    const slot = ofDay(hour)
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

  state(): SavedHours {
    const { hour, sum, count } = this
    return { means: packed(this.means), days: packed(this.days), hour, sum, count }
  }

  private close(hour: number): void {
    const slot = ofDay(hour)
    const days = ++this.days[slot]!
    this.means[slot]! += (this.sum / this.count - this.means[slot]!) * Math.max(NEWEST_DAY, 1 / days)
  }
}

export interface SavedHours {
  means: string
  days: string
  hour: number | null
  sum: number
  count: number
}

const ofDay = (hour: number) => ((hour % 24) + 24) % 24
