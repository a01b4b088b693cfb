// The views of ADAPTIVE: which of them are asked about a sample, which finds the largest departure from normal, and what
// they expect together.
import { DAY } from '../../../../shared/domain/time.ts'
import type { Verdict } from '../detector.ts'
import { CalibratedView, type SavedCalibratedView } from './calibrated-view.ts'
import type { HeldRun } from './held-run.ts'
import { HourView } from './hour-view.ts'
import type { SavedHours } from './hourly-means.ts'
import { LevelView } from './level-view.ts'
import { NoveltyView } from './novelty-view.ts'
import type { AdaptiveParams } from './params.ts'
import { ShiftView } from './shift-view.ts'
import { SurgeView } from './surge-view.ts'
import type { Band, SampleContext, View } from './view.ts'
import { WeekdayView } from './weekday-view.ts'

/** In the order of their states. `stuck` is asked apart, if no other finds something. */
export const VIEWS = ['level', 'hour', 'surge', 'novelty', 'weekday', 'shift', 'stuck'] as const

/** How much was seen: in samples, and in milliseconds without the gaps. */
interface Experience {
  seen: number
  age: number
}

/** What was normal before an adoption. Plain JSON. */
export interface SavedNormal {
  level: number
  novelty: number
  hours: SavedHours
  /** By how much all departures were scaled with the adoption. */
  scale: number
}

export interface Finding {
  found: CalibratedView
  /** How many times as far from normal as the alarm line is. */
  ratio: number
  line: number
  departure: number
}

/** No adoption widens all lines by more. */
const MAX_SCALE = 4

/** How many times as far as the departure that is seldom exceeded an alarm line lies. */
const MARGIN = 1.2

/** A new level is surer than a new jump: this far from every level that was ever seen. */
const NOVEL_CELLS = 2
/** And once every day of the week was seen. */
const NOVEL_AFTER = 7 * DAY

/** A lasting shift is one of the mean of so many samples. */
const SHIFT_SAMPLES = 20
const SHIFT_AFTER = 7 * DAY
/** It is looked for where the hours of the day clearly matter. */
const CLEARER = 2 / 3

export class ViewSet {
  readonly level: LevelView
  readonly hour: HourView
  readonly surge: SurgeView
  readonly novelty: NoveltyView
  readonly all: readonly CalibratedView[]
  private readonly weekday: WeekdayView
  private readonly shift: ShiftView
  private readonly params: AdaptiveParams
  /** Those that may find something. */
  private readonly asked: readonly CalibratedView[]
  private readonly asksWeekday: boolean

  constructor(params: AdaptiveParams, saved: readonly SavedCalibratedView[] | undefined, asked: readonly string[]) {
    const stateOf = (index: number) => saved?.[index]?.view as never
    this.params = params
    this.level = new LevelView(12, stateOf(0))
    this.hour = new HourView(stateOf(1))
    this.surge = new SurgeView(stateOf(2))
    this.novelty = new NoveltyView(4, params.min_change, stateOf(3))
    this.weekday = new WeekdayView(this.hour, stateOf(4))
    this.shift = new ShiftView(SHIFT_SAMPLES, this.hour, stateOf(5))
    const views = [this.level, this.hour, this.surge, this.novelty, this.weekday, this.shift]
    const knowsCustom = (view: object) => view === this.surge || view === this.novelty
    this.all = views.map((view, index) => new CalibratedView(view, !knowsCustom(view), saved?.[index]))
    this.asked = this.all.filter((_, index) => asked.includes(VIEWS[index]!))
    this.asksWeekday = asked.includes('weekday')
  }

  get isReady(): boolean {
    return this.all[0]!.isReady
  }

  /** @param share of all departures that may exceed the line, but for its margin */
  draw(share: number): void {
    const margin = MARGIN / this.params.sensitivity
    for (const view of this.all) view.draw(share, margin)
  }

  largest(sample: SampleContext, { seen, age }: Experience): Finding {
    // That something is rarer than one in so many can't be said from fewer samples: certainty takes some thousands.
    const largest = Math.log10(seen)
    let finding: Finding = { found: this.all[0]!, ratio: 0, line: 0, departure: 0 }
    for (const found of this.asked) {
      const departure = this.isAsked(found, age) ? (found.view.departure(sample) ?? 0) : 0
      if (departure === 0 || !this.isBad(departure)) continue
      const line = this.lineOf(found, sample)
      const ratio = Math.min(largest, stillThere(found.view, sample, departure) / line)
      if (ratio > finding.ratio) finding = { found, ratio, line, departure }
    }
    return finding
  }

  /** What was expected of a single value at this hour. */
  normalAt({ hour }: SampleContext): number {
    return this.hour.normalAt(hour) ?? this.level.current()
  }

  /**
   * An anomaly is normal from now on. What scatters around a higher level scatters farther.
   *
   * @returns what was normal until now
   */
  adopt(run: HeldRun): SavedNormal {
    const { mean, before } = run
    const scale = mean * before > 0 ? Math.max(1, Math.min(MAX_SCALE, mean / before)) : 1
    const normal = { level: this.level.current(), novelty: this.novelty.current(), hours: this.hour.state(), scale }
    for (const { view } of this.all) view.adopt?.(run)
    this.scale(scale)
    return normal
  }

  /** Undoes an adoption. */
  restore({ level, novelty, hours, scale }: SavedNormal): void {
    this.level.restore(level)
    this.novelty.restore(novelty)
    this.hour.restore(hours)
    this.scale(1 / scale)
  }

  private scale(factor: number): void {
    if (factor === 1) return
    for (const each of this.all) if (each.view !== this.novelty) each.scale(factor)
    this.surge.scale(factor)
  }

  /** Of an anomaly, what the view expected that found it (`found`); else the values at which no view of single values would. */
  band(sample: SampleContext, { age }: Experience, found?: CalibratedView): Pick<Verdict, 'lower' | 'upper'> {
    const { side } = this.params
    const { lower, upper } = this.bandOfBoth(sample, found ? [found] : this.asked, age)
    if (lower === -Infinity) return { lower: null, upper: null }
    return { lower: side === 'above' ? null : lower, upper: side === 'below' ? null : upper }
  }

  /** Of the hours of the day and those of the week, the one that knows better what comes. */
  private isAsked(calibrated: CalibratedView, age: number): boolean {
    const { view, isReady } = calibrated
    if (view === this.weekday) return isReady && this.weekday.isBetter
    if (view === this.hour) return isReady && !(this.asksWeekday && this.weekday.isBetter)
    if (view === this.novelty) return age >= NOVEL_AFTER
    if (view === this.shift) return age >= SHIFT_AFTER && calibrated.line < CLEARER * this.all[0]!.line
    return isReady
  }

  private isBad(departure: number): boolean {
    const { side } = this.params
    return side === 'both' || (side === 'above') === departure > 0
  }

  /** Novelty is counted in cells; all else in the unit of the value, in which a change may be too small to matter. */
  private lineOf(calibrated: CalibratedView, sample: SampleContext): number {
    const line = calibrated.lineAt(sample)
    if (calibrated.view === this.novelty) return NOVEL_CELLS * Math.max(line, 1)
    return Math.max(line, this.params.min_change * Math.abs(this.level.current()), Number.MIN_VALUE)
  }

  private bandOfBoth(sample: SampleContext, views: readonly CalibratedView[], age: number): Band {
    let lower = -Infinity
    let upper = Infinity
    for (const each of views) {
      if (views.length > 1 && each.view === this.level) continue
      const band = this.isAsked(each, age) ? each.view.band(sample, this.lineOf(each, sample)) : null
      if (!band) continue
      lower = Math.max(lower, band.lower)
      upper = Math.min(upper, band.upper)
    }
    // If the views contradict each other, no value is normal.
    return lower <= upper ? { lower, upper } : { lower: (lower + upper) / 2, upper: (lower + upper) / 2 }
  }
}

/** How large a departure is, as far as the newest samples still depart on its side. */
function stillThere(view: View, sample: SampleContext, departure: number): number {
  const size = Math.abs(departure)
  return view.present ? Math.min(size, Math.max(0, Math.sign(departure) * view.present(sample))) : size
}
