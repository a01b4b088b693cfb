// What is held back of an anomaly while it lasts. When it ends it is dropped; if it stays and is steady, it is adopted as
// the new normal.
import { DAY } from '../../../../shared/domain/time.ts'
import { packed, unpacked } from '../window.ts'
import type { SampleContext } from './view.ts'

/** Plain JSON. */
export interface SavedRun {
  since: number
  flagged: number
  normal: number
  sum: number
  early: [sum: number, count: number]
  late: [sum: number, count: number]
  lowest: number | null
  highest: number | null
  sums: string
  counts: string
  quarters: [first: number, last: number]
  isReal: boolean
}

const HOURS = 24

/** An anomaly that stays so long and is steady is the new normal. */
const STEADY_AFTER = (5 / 3) * DAY
/** After so long it is, whatever it does: nobody calls it an anomaly any more. */
const ALWAYS_AFTER = 7 * DAY
/** Its later deviation may differ from its first one by so much of the whole deviation. */
const STEADY = 0.5

export class HeldRun {
  /** A person has confirmed that it is a real problem: it is never adopted. */
  isReal: boolean
  lowest: number
  highest: number
  /** The first and the last quarter of an hour in which something was flagged. */
  quarters: [first: number, last: number]
  private since: number
  private flagged: number
  /** Samples within the run that were not flagged. */
  private normal: number
  private sum: number
  /** Deviations from what was normal before, in the first half of that time and later. */
  private readonly early: [sum: number, count: number]
  private readonly late: [sum: number, count: number]
  private readonly sums: Float64Array
  private readonly counts: Float64Array

  constructor(saved?: SavedRun) {
    this.since = saved?.since ?? 0
    this.flagged = saved?.flagged ?? 0
    this.normal = saved?.normal ?? 0
    this.sum = saved?.sum ?? 0
    this.early = saved ? [...saved.early] : [0, 0]
    this.late = saved ? [...saved.late] : [0, 0]
    this.lowest = saved?.lowest ?? Infinity
    this.highest = saved?.highest ?? -Infinity
    this.sums = saved ? unpacked(saved.sums) : new Float64Array(HOURS)
    this.counts = saved ? unpacked(saved.counts) : new Float64Array(HOURS)
    this.quarters = saved ? [...saved.quarters] : [0, 0]
    this.isReal = saved?.isReal ?? false
  }

  /** @param expected what was normal for this hour before the run */
  hold({ time, value, hour, quarter }: SampleContext, expected: number): void {
    if (this.flagged === 0) {
      this.since = time
      this.quarters = [quarter, quarter]
    }
    this.flagged++
    this.sum += value
    this.quarters[1] = quarter
    this.lowest = Math.min(this.lowest, value)
    this.highest = Math.max(this.highest, value)
    const part = time - this.since < STEADY_AFTER / 2 ? this.early : this.late
    part[0] += value - expected
    part[1]++
    const slot = slotOf(hour)
    this.sums[slot]! += value
    this.counts[slot]!++
  }

  /** A sample within the run that was not flagged. */
  pass(): void {
    this.normal++
  }

  /** Milliseconds since it began. */
  lasting(time: number): number {
    return this.flagged === 0 ? 0 : time - this.since
  }

  /** Whether it has stayed for long enough at this time to be the new normal. */
  isDue(time: number): boolean {
    const lasting = this.lasting(time)
    if (this.isReal || this.normal > this.flagged || lasting < STEADY_AFTER) return false
    return lasting >= ALWAYS_AFTER || this.isSteady()
  }

  get mean(): number {
    return this.sum / this.flagged
  }

  /** What would have been normal meanwhile. */
  get before(): number {
    return this.mean - this.deviation
  }

  /** How far it lies from what was normal before. */
  get deviation(): number {
    return (this.early[0] + this.late[0]) / this.flagged
  }

  /** Its mean in this hour of the day; null if it had none. */
  meanAt(hour: number): number | null {
    const slot = slotOf(hour)
    return this.counts[slot]! > 0 ? this.sums[slot]! / this.counts[slot]! : null
  }

  state(): SavedRun {
    const { since, flagged, normal, sum, lowest, highest, isReal } = this
    return {
      since,
      flagged,
      normal,
      sum,
      early: [...this.early],
      late: [...this.late],
      lowest,
      highest,
      sums: packed(this.sums),
      counts: packed(this.counts),
      quarters: [...this.quarters],
      isReal,
    }
  }

  private isSteady(): boolean {
    const { early, late } = this
    if (late[1] === 0) return false
    return Math.abs(late[0] / late[1] - early[0] / early[1]) <= STEADY * Math.abs(this.deviation)
  }
}

const slotOf = (hour: number) => ((hour % HOURS) + HOURS) % HOURS
