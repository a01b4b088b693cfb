// One view of ADAPTIVE with the far end of its own departures, at which its alarm line lies (as in SPOT, Siffer et al.,
// Anomaly Detection in Streams with Extreme Value Theory, 2017, with the empirical quantile in place of a fitted tail).
import { DAY } from '../../../../shared/domain/time.ts'
import { Custom, type SavedCustom } from './custom.ts'
import { DailyPeaks, type SavedPeaks } from './daily-peaks.ts'
import { Tail, type SavedTail } from './tail.ts'
import type { Learning, SampleContext, View } from './view.ts'

/** What the anomaly at hand, or the newest one, adds to the tail when it ends. */
interface Anomaly {
  /** Its largest departure; 0 if there is none. */
  largest: number
  /** The mean departure, none of which is farther than the line, and for how many it counts. */
  mean: number
  amount: number
  isOver: boolean
}

export interface SavedCalibratedView {
  view: unknown
  tail: SavedTail
  custom: SavedCustom | null
  peaks: SavedPeaks
  age: number
  line: number
  anomaly: Anomaly
  accepted: number
}

/** A view is asked from so many milliseconds on, within which most of what comes now and then came. */
const LEARNING_MS = 1_800_000

/** Until a day is full the line lies up to three times as far off: no night and no morning was seen yet. */
const FIRST_DAY = 2
/** Until a week is full it lies up to a fifth farther: not every kind of day was seen yet. */
const FIRST_WEEK = 0.2

/** One departure alone is no custom: the line lies where more than one reached. */
const MIN_EXCEEDING = 1.5

/** A line so many times as far off as all days of the last week but one came is out of date. */
const OUT_OF_DATE = 2

/** As far beyond the line as what is CRITICAL is. */
const GRAVE = 3.3

const NO_ANOMALY: Anomaly = { largest: 0, mean: 0, amount: 0, isOver: true }

export class CalibratedView {
  readonly view: View
  /** The departure from which on this view finds a sample unusual at any time of day. */
  line: number
  private readonly tail: Tail
  /** What is customary at this time of day; null if the view knows that by itself. */
  private readonly custom: Custom | null
  private readonly peaks: DailyPeaks
  /** Milliseconds in which the view expected something, without the gaps. */
  private age: number
  private readonly anomaly: Anomaly
  /** The largest departure that a person has called a false alarm, and none was confirmed as real since. */
  private accepted: number

  constructor(view: View, hasCustom: boolean, saved?: SavedCalibratedView) {
    this.view = view
    this.tail = new Tail(saved?.tail)
    this.custom = hasCustom ? new Custom(saved?.custom ?? undefined) : null
    this.peaks = new DailyPeaks(saved?.peaks)
    this.age = saved?.age ?? 0
    this.line = saved?.line ?? 0
    this.anomaly = { ...(saved?.anomaly ?? NO_ANOMALY) }
    this.accepted = saved?.accepted ?? 0
  }

  get isReady(): boolean {
    return this.age >= LEARNING_MS
  }

  /**
   * What departs no farther than on two of the last seven days at this time is custom; what is grave, than on three. An
   * outage that comes back on the next day at this hour is the same outage, a nightly restart is none.
   */
  lineAt(sample: SampleContext): number {
    if (this.custom === null) return this.line
    const [, second, third] = this.custom.around(sample)
    return Math.max(this.line, third, Math.min(second, GRAVE * this.line))
  }

  learn(sample: SampleContext, { step, kept, flagged, holds, stays }: Learning): void {
    const { view, anomaly } = this
    const departure = view.departure(sample)
    if (departure !== null) {
      const size = Math.abs(departure)
      this.age += step
      this.peaks.add(sample, size)
      if (flagged === null || !stays) this.custom?.add(sample, size)
      if (flagged === null && holds && this.isAfterEffect(sample, size)) this.tail.fade(kept)
      else if (flagged === null) this.tail.push(size, kept)
      else this.hold(size, flagged, holds && !view.learnsAll)
    }
    if (flagged !== null && holds) view.withhold?.(sample)
    else view.learn(sample)
    view.observe?.(sample)
    if (!holds && flagged === null && !anomaly.isOver) this.endAnomaly(false)
  }

  /**
   * An anomaly that is over counts as one departure, its largest, and if it lasted for an hour as another one, no farther
   * than the line: what comes every few hours moves the line until it is crossed as seldom as it should be, and one outage
   * hardly moves it.
   *
   * @param isReal confirmed as a real problem: never learned
   */
  endAnomaly(isReal: boolean): void {
    const { anomaly, tail } = this
    if (anomaly.isOver) return
    anomaly.isOver = true
    anomaly.amount = Math.min(1, anomaly.amount)
    if (isReal || anomaly.largest === 0) return
    tail.push(anomaly.mean, 1, anomaly.amount)
    tail.push(anomaly.largest, 1)
  }

  /** The newest anomaly was a real problem: what the tail and the custom have learned of it is taken back. */
  unlearn(quarters: readonly [number, number]): void {
    const { anomaly, tail, custom } = this
    custom?.forget(quarters)
    this.accepted = 0
    if (!anomaly.isOver || anomaly.largest === 0) return
    tail.withdraw(anomaly.mean, anomaly.amount)
    tail.withdraw(anomaly.largest, 1)
    Object.assign(anomaly, NO_ANOMALY)
  }

  /** The newest anomaly was a false alarm: the line lies beyond it from now on. */
  accept(): void {
    this.accepted = Math.max(this.accepted, this.anomaly.largest)
  }

  /** The values are larger from now on, and so is what scatters around them. */
  scale(factor: number): void {
    this.tail.scale(factor)
    this.custom?.scale(factor)
    this.peaks.scale(factor)
    this.line *= factor
    this.accepted *= factor
  }

  /**
   * Draws the line anew; while an anomaly lasts it stays where it is.
   *
   * @param share of the departures that exceed it, but for `margin`
   * @param margin how many times as far off it lies
   */
  draw(share: number, margin: number): void {
    if (!this.anomaly.isOver) return
    const doubt = 1 + FIRST_DAY * this.missing(DAY) + FIRST_WEEK * this.missing(7 * DAY)
    const line = margin * doubt * this.tail.exceededBy(share, MIN_EXCEEDING)
    this.line = Math.max(Math.min(line, OUT_OF_DATE * this.peaks.second()), margin * this.accepted)
  }

  state(): SavedCalibratedView {
    const { view, tail, custom, peaks, age, line, anomaly, accepted } = this
    return {
      view: view.state(),
      tail: tail.state(),
      custom: custom?.state() ?? null,
      peaks: peaks.state(),
      age,
      line,
      anomaly: { ...anomaly },
      accepted,
    }
  }

  private hold(size: number, amount: number, holds: boolean): void {
    const { anomaly } = this
    if (anomaly.isOver) Object.assign(anomaly, NO_ANOMALY, { isOver: false })
    anomaly.largest = Math.max(anomaly.largest, size)
    anomaly.amount += amount
    anomaly.mean += ((holds ? Math.min(size, this.line) : size) - anomaly.mean) * (amount / anomaly.amount)
  }

  /** Whether the departure is still that of an anomaly which is over: the newest samples are normal. */
  private isAfterEffect(sample: SampleContext, size: number): boolean {
    return size >= this.line && this.view.present !== undefined && Math.abs(this.view.present(sample)) < this.line
  }

  /** How much of a time it has not seen yet, 0 to 1. */
  private missing(time: number): number {
    return Math.max(0, 1 - this.age / time)
  }
}
