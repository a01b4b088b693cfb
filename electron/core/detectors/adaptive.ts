// ADAPTIVE: for a series about which nothing is known. Looks at it in several ways, and holds each departure from the
// usual against the largest departures that this very series shows in that way.
import { z } from 'zod'
import { plain } from '../../../shared/domain/plain.ts'
import { timeZone } from '../../../shared/schemas/time-zone.ts'
import { machineZone, zoneNamed, type Zone } from '../platform/zoned-time.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { ChangeView } from './adaptive/change-view.ts'
import { HourView } from './adaptive/hour-view.ts'
import { LevelView } from './adaptive/level-view.ts'
import { NoveltyView } from './adaptive/novelty-view.ts'
import { Sight, type SavedSight } from './adaptive/sight.ts'
import { StuckView, type SavedStuck } from './adaptive/stuck-view.ts'
import type { Band, Placed } from './adaptive/view.ts'
import { WeekdayView } from './adaptive/weekday-view.ts'
import {
  AS_USUAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import { bounded } from './window.ts'

const adaptiveParams = z.object({
  sensitivity: z
    .number()
    .min(0.1)
    .max(10)
    .default(1)
    .meta({ description: 'at 2, a departure half as large rings; at 0.5, one twice as large' }),
  min_change: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .meta({ description: 'the smallest departure that counts, as a share of the usual level' }),
  side: z
    .enum(['both', 'above', 'below'])
    .default('both')
    .meta({ description: 'where only one is bad: departures above or below what is usual' }),
  time_zone: timeZone.optional().meta({ description: 'whose hours these are; left out: those of this machine' }),
})
type AdaptiveParams = z.infer<typeof adaptiveParams>

/**
 * The alarm line of a view lies at REACH times the departure that is exceeded so often: seldom enough to be told, often
 * enough to be known after some days. What is that rare by the day is the same for every rhythm of samples.
 */
const EXCEEDED_PER_DAY = 2 / 3
const REACH = 1.2
/** Where samples are so rare that a day has few of them, the line is drawn among the largest hundredth. */
const LARGEST_SHARE = 0.01

/** Half of what was learned is forgotten after two weeks, or after so many samples where they come more seldom. */
const HALF_LIFE_DAYS = 14
const HALF_LIFE_SAMPLES = 4032

/** Samples before anything is judged. */
const LEARNING = 50

/** A step so many times as long as the usual one is a gap. */
const GAP = 10

/** An anomaly that lasts is learned as one departure, and as another one for each so many milliseconds more. */
const ANOTHER = 3_600_000

const QUARTER = 900_000
const HOUR = 3_600_000
const DAY = 86_400_000

/**
 * Several views of one series, each with the distribution of its own departures, of which the far end is what counts
 * (as in SPOT, Siffer et al. 2017, with the empirical quantile instead of a fitted tail). The largest of the ratios of
 * departure to alarm line is the figure.
 */
export const adaptive: DetectorDefinition<AdaptiveParams> = {
  method: 'ADAPTIVE',
  summary:
    'Learns by itself how far this series usually goes: its level, its hours and days, its changes. For any series.',
  uses: ['min_samples'],
  params: adaptiveParams,
  version: 4,
  memory: () => HALF_LIFE_SAMPLES,
  resolveSamples: 10,
  create: (settings, state) => createAdaptive(settings, state),
}

export const VIEWS = ['level', 'hour', 'change', 'novelty', 'weekday', 'stuck'] as const

/** @param views those that may find something; the benchmark leaves one out to see what it is worth */
export const createAdaptive = (
  settings: Settings<AdaptiveParams>,
  state?: unknown,
  views: readonly (typeof VIEWS)[number][] = VIEWS,
): Detector => new Adaptive(settings, state as State | undefined, views)

interface State {
  sights: SavedSight[]
  stuck: SavedStuck
  time: number
  interval: number
  seen: number
}

interface Finding {
  sight: Sight
  /** How many times as far from the usual as the alarm line is. */
  ratio: number
  line: number
  departure: number
}

class Adaptive implements Detector {
  private readonly settings: Settings<AdaptiveParams>
  private readonly zone: Zone
  private readonly level: LevelView
  private readonly hour: HourView
  private readonly change: ChangeView
  private readonly weekday: WeekdayView
  private readonly sights: readonly Sight[]
  /** Those that may find something. */
  private readonly judging: readonly Sight[]
  private readonly asksWeekday: boolean
  private readonly stuck: StuckView
  private readonly asksStuck: boolean
  private time: number
  /** Milliseconds from one sample to the next, as a rule. */
  private interval: number
  private seen: number
  private quarter = NaN
  private hourOfQuarter = NaN
  private readonly placed: Placed = { time: 0, value: 0, hour: 0, afterGap: false, fading: 0 }

  constructor(settings: Settings<AdaptiveParams>, saved: State | undefined, judging: readonly string[]) {
    const stateOf = (index: number) => saved?.sights[index]?.view as never
    this.settings = settings
    this.zone = zoneNamed(settings.params.time_zone ?? machineZone())
    this.level = new LevelView(12, stateOf(0))
    this.hour = new HourView(stateOf(1))
    this.change = new ChangeView(stateOf(2))
    this.weekday = new WeekdayView(this.hour, stateOf(4))
    const views = [
      this.level,
      this.hour,
      this.change,
      new NoveltyView(4, settings.params.min_change, stateOf(3)),
      this.weekday,
    ]
    this.sights = views.map((view, index) => new Sight(view, saved?.sights[index]))
    this.judging = this.sights.filter((_, index) => judging.includes(VIEWS[index]!))
    this.asksWeekday = judging.includes('weekday')
    this.stuck = new StuckView(saved?.stuck)
    this.asksStuck = settings.params.side === 'both' && judging.includes('stuck')
    this.time = saved?.time ?? 0
    this.interval = saved?.interval ?? 0
    this.seen = saved?.seen ?? 0
    this.drawLines()
  }

  score(observation: Observation): Verdict {
    const { seen } = this
    if (seen < Math.max(LEARNING, this.settings.min_samples) || !this.sights[0]!.isReady) return insufficientData(seen)
    const sample = this.place(observation)
    const { sight, ratio, line, departure } = this.largest(sample)
    const stuck = ratio < 1 && this.asksStuck ? this.stuck.ratio(sample, this.settings.params.sensitivity) : 0
    if (stuck > 0 && this.usuallyMoves()) return this.stuckFor(stuck, sample)
    return {
      score: scoreOf(ratio),
      figure: departure < 0 ? -ratio : ratio,
      ...this.band(sample, ratio < 1 ? this.judging : [sight]),
      samples: seen,
      reason: ratio < 1 ? AS_USUAL : `${sight.view.explain(sample, plain(line))} (from ${seen} samples).`,
    }
  }

  learn(observation: Observation, { score }: Verdict): void {
    const sample = this.place(observation)
    const step = this.seen === 0 ? 0 : observation.time - this.time
    const learning = {
      step: sample.afterGap ? 0 : step,
      kept: 2 ** -sample.fading,
      flagged: score >= ALARM_LINE ? Math.min(1, this.interval / ANOTHER) : null,
    }
    for (const sight of this.sights) sight.learn(sample, learning)
    this.stuck.learn(sample)
    this.keepTime(observation.time, step, sample.afterGap)
    this.drawLines()
  }

  state(): State {
    const { time, interval, seen } = this
    return { sights: this.sights.map((sight) => sight.state()), stuck: this.stuck.state(), time, interval, seen }
  }

  private stuckFor(ratio: number, sample: Placed): Verdict {
    const { seen } = this
    const reason = `${this.stuck.explain(sample)} (from ${seen} samples).`
    return { score: scoreOf(ratio), figure: ratio, lower: null, upper: null, samples: seen, reason }
  }

  /** Where no movement is large enough to count, neither is that there is none. */
  private usuallyMoves(): boolean {
    const least = this.settings.params.min_change * Math.abs(this.level.current())
    return this.sights.some(({ view, line }) => (view === this.hour || view === this.change) && line >= least)
  }

  private largest(sample: Placed): Finding {
    // That something is rarer than one in so many can't be said from fewer samples: certainty takes some thousands.
    const largest = Math.log10(this.seen)
    let found: Finding = { sight: this.sights[0]!, ratio: 0, line: 0, departure: 0 }
    for (const sight of this.judging) {
      const departure = this.isAsked(sight) ? (sight.view.departure(sample) ?? 0) : 0
      if (departure === 0 || !this.isBad(departure)) continue
      const line = this.lineOf(sight)
      const ratio = Math.min(largest, Math.abs(departure) / line)
      if (ratio > found.ratio) found = { sight, ratio, line, departure }
    }
    return found
  }

  /** Of the hours of the day and those of the week, the one that knows better what comes. */
  private isAsked({ view, isReady }: Sight): boolean {
    if (view === this.weekday) return isReady && this.weekday.isBetter
    if (view === this.hour) return isReady && !(this.asksWeekday && this.weekday.isBetter)
    return isReady
  }

  private isBad(departure: number): boolean {
    const { side } = this.settings.params
    return side === 'both' || (side === 'above') === departure > 0
  }

  /** Novelty is counted in cells; all else in the unit of the value, in which a change may be too small to matter. */
  private lineOf({ view, line }: Sight): number {
    if (view instanceof NoveltyView) return Math.max(line, 1)
    return Math.max(line, this.settings.params.min_change * Math.abs(this.level.current()), Number.MIN_VALUE)
  }

  /** Of an anomaly, what the view expected that found it; else where no view of single values would find anything. */
  private band(sample: Placed, sights: readonly Sight[]): Pick<Verdict, 'lower' | 'upper'> {
    const { side } = this.settings.params
    const { lower, upper } = this.bandOfBoth(sample, sights)
    if (lower === -Infinity) return { lower: null, upper: null }
    return { lower: side === 'above' ? null : lower, upper: side === 'below' ? null : upper }
  }

  private bandOfBoth(sample: Placed, sights: readonly Sight[]): Band {
    let lower = -Infinity
    let upper = Infinity
    for (const sight of sights) {
      if (sights.length > 1 && sight.view === this.level) continue
      const band = this.isAsked(sight) ? sight.view.band(sample, this.lineOf(sight)) : null
      if (!band) continue
      lower = Math.max(lower, band.lower)
      upper = Math.min(upper, band.upper)
    }
    // Where the views contradict each other, no value is as usual.
    return lower <= upper ? { lower, upper } : { lower: (lower + upper) / 2, upper: (lower + upper) / 2 }
  }

  private drawLines(): void {
    const share = Math.min(LARGEST_SHARE, (EXCEEDED_PER_DAY * this.interval) / DAY)
    const reach = REACH / this.settings.params.sensitivity
    for (const sight of this.sights) sight.draw(share, reach)
  }

  private place({ time, value }: Observation): Placed {
    const { placed, interval } = this
    placed.time = time
    placed.value = bounded(value)
    placed.hour = this.hourAt(time)
    placed.afterGap = interval > 0 && time - this.time > GAP * interval
    placed.fading = Math.min(1 / HALF_LIFE_SAMPLES, interval / (HALF_LIFE_DAYS * DAY))
    return placed
  }

  private keepTime(time: number, step: number, afterGap: boolean): void {
    // A gap is no step, but where all steps have become so long they are the new rhythm.
    if (this.seen > 0)
      this.interval += (Math.min(step, afterGap ? 2 * this.interval : step) - this.interval) * this.gain()
    this.time = time
    this.seen++
  }

  private gain(): number {
    return Math.max(0.02, 1 / this.seen)
  }

  /** Hours begin at a full quarter in every zone, which spares asking for most samples. */
  private hourAt(time: number): number {
    const quarter = Math.floor(time / QUARTER)
    if (quarter !== this.quarter) {
      const { date, minute } = this.zone.localAt(quarter * QUARTER)
      this.quarter = quarter
      this.hourOfQuarter = date / HOUR + Math.floor(minute / 60)
    }
    return this.hourOfQuarter
  }
}
