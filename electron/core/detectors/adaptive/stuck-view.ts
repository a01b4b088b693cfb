// How long the value has been exactly the same, against the longest runs of one value that this very series has shown: a
// sensor or an agent that repeats itself for hours. Where values repeat as a rule, that says nothing, and it is never asked.
import { DAY } from '../../../../shared/domain/time.ts'
import { textsFor } from '../../../../shared/texts/texts.ts'
import type { SampleContext } from './view.ts'

const texts = textsFor()

/** A week must have been seen, or the first quiet weekend would be the longest run. */
const LEARNING_MS = 7 * DAY
/** Of all samples, so many may repeat the one before: with a coarse unit, or nights in which nothing moves, more do. */
const REPEATED = 0.1
/** How many times as long as a usual run. */
const REACH = 4
/** A run that chance would bring so seldom, if each sample repeated the one before as often as all do. */
const CHANCE = 1e-9
const MIN_RUN_MS = 1_800_000
/** That it repeats itself is a fact, but not known to be damage: a warning at most, however long it lasts. */
const MAX_RATIO = 2

export class StuckView {
  private value: number
  /** When the run at hand began, and how many samples have repeated its value. */
  private since: number
  private repeats: number
  /** Repeats in the longest runs before it, ever less as they are forgotten. One alone is no custom. */
  private longest: number
  private second: number
  /** Of all samples, how many repeated the one before. */
  private share: number
  private seen: number
  /** The time of the first sample. */
  private begun: number
  /** Of all values. */
  private lowest: number
  private highest: number

  constructor(saved?: SavedStuck) {
    this.value = saved?.value ?? NaN
    this.since = saved?.since ?? 0
    this.repeats = saved?.repeats ?? 0
    this.longest = saved?.longest ?? 0
    this.second = saved?.second ?? 0
    this.share = saved?.share ?? 0
    this.seen = saved?.seen ?? 0
    this.begun = saved?.begun ?? 0
    this.lowest = saved?.lowest ?? Infinity
    this.highest = saved?.highest ?? -Infinity
  }

  /**
   * How many times as long as a run must last to be unusual, 1 to 2; 0 if it is normal.
   *
   * @param sensitivity at 2, one half as long is unusual
   */
  ratio(sample: SampleContext, sensitivity: number): number {
    if (!this.isSame(sample) || this.share > REPEATED || this.isEnd()) return 0
    if (sample.time - this.begun < LEARNING_MS) return 0
    const byCustom = (this.repeats + 1) / (REACH * Math.max(1, this.second))
    const byTime = (sample.time - this.since) / MIN_RUN_MS
    if (sensitivity * Math.min(byCustom, byTime) < 1) return 0
    const byChance = ((this.repeats + 1) * Math.log(this.share + 1 / this.seen)) / Math.log(CHANCE)
    const ratio = sensitivity * Math.min(byCustom, byTime, byChance)
    return ratio < 1 ? 0 : Math.min(MAX_RATIO, ratio)
  }

  learn(sample: SampleContext): void {
    const { time, fading } = sample
    const isSame = this.isSame(sample)
    if (this.seen === 0) this.begun = time
    this.share += (Number(isSame) - this.share) * Math.max(fading, 1 / ++this.seen)
    this.longest -= fading * this.longest
    this.second -= fading * this.second
    if (isSame) this.repeats++
    else this.begin(sample)
  }

  explain({ value, time }: SampleContext): string {
    const run = time - this.since
    const longest = this.second < 0.5 ? null : (run * this.second) / (this.repeats + 1)
    return texts.stuck({ value, lasting: run, longest })
  }

  state(): SavedStuck {
    const { value, since, repeats, longest, second, share, seen, begun, lowest, highest } = this
    return { value, since, repeats, longest, second, share, seen, begun, lowest, highest }
  }

  private isSame({ value, afterGap }: SampleContext): boolean {
    return value === this.value && !afterGap
  }

  /** What idles or is saturated stays at an end of its range, which is for the other views to evaluate. */
  private isEnd(): boolean {
    return this.value === 0 || this.value <= this.lowest || this.value >= this.highest
  }

  private begin({ value, time }: SampleContext): void {
    if (this.repeats > this.longest) [this.longest, this.second] = [this.repeats, this.longest]
    else this.second = Math.max(this.second, this.repeats)
    this.value = value
    this.since = time
    this.repeats = 0
    this.lowest = Math.min(this.lowest, value)
    this.highest = Math.max(this.highest, value)
  }
}

/** Before the first sample, JSON has null for what is no finite number. */
export interface SavedStuck {
  value: number | null
  since: number
  repeats: number
  longest: number
  second: number
  share: number
  seen: number
  begun: number
  lowest: number | null
  highest: number | null
}
