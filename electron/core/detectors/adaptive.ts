// ADAPTIVE: for a series about which nothing is known. Looks at it in several ways, and holds each departure from the
// normal against the largest departures that this very series shows in that way. What it flags it holds back from all that
// it learns: the memory of anomalies is not the memory of the normal.
import { z } from 'zod'
import { timeZone } from '../../../shared/schemas/time-zone.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { machineZone, zoneNamed } from '../platform/zoned-time.ts'
import { CalibratedView, type SavedCalibratedView } from './adaptive/calibrated-view.ts'
import { ContextReader, HALF_LIFE_SAMPLES } from './adaptive/context.ts'
import { HeldRun, type SavedRun } from './adaptive/held-run.ts'
import { HourView } from './adaptive/hour-view.ts'
import type { SavedHours } from './adaptive/hourly-means.ts'
import { LevelView } from './adaptive/level-view.ts'
import { NoveltyView } from './adaptive/novelty-view.ts'
import { StuckView, type SavedStuck } from './adaptive/stuck-view.ts'
import { SurgeView } from './adaptive/surge-view.ts'
import type { Band, SampleContext } from './adaptive/view.ts'
import { WeekdayView } from './adaptive/weekday-view.ts'
import {
  insufficientData,
  NORMAL,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Feedback,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import type { SavedRhythm } from './rhythm.ts'
import { texts } from './texts.ts'

const adaptiveParams = z.object({
  sensitivity: z
    .number()
    .min(0.1)
    .max(10)
    .default(1)
    .meta({ description: 'at 2, a deviation half as large fires; at 0.5, one twice as large' }),
  min_change: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .meta({ description: 'the smallest deviation that counts, as a share of the normal level' }),
  side: z
    .enum(['both', 'above', 'below'])
    .default('both')
    .meta({ description: 'if only one side is bad: deviations above or below normal' }),
  time_zone: timeZone
    .optional()
    .meta({ description: 'the time zone of its hours; the default is that of this machine' }),
})
type AdaptiveParams = z.infer<typeof adaptiveParams>

/**
 * The alarm line of a view lies at MARGIN times the departure that is exceeded so often: seldom enough to be told, often
 * enough to be known after some days. What is that rare by the day is the same for every rhythm of samples.
 */
const EXCEEDED_PER_DAY = 2 / 3
const MARGIN = 1.2
/** If samples are so rare that a day has few of them, the line is drawn among the largest hundredth. */
const LARGEST_SHARE = 0.01

/** Samples before anything is evaluated. */
const LEARNING = 30

/** An anomaly that lasts counts as one departure, and as another one for each so many milliseconds more. */
const ANOTHER = 3_600_000

const DAY = 86_400_000

/** Samples in a row that are not flagged end an anomaly. */
const RECOVERED = 10

/** Flagged samples are held back once a day was seen: before that, nothing is known to be normal. */
const HOLDS_AFTER = DAY

/** What comes and goes at some time of day, as a backup does, is over by then: no outage is the custom of its hours. */
const CUSTOM_MS = 6 * 3_600_000

/** An adoption can be undone for so long. */
const UNDO_MS = 14 * DAY

/** A new level is surer than a new jump: this far from every level that was ever seen. */
const NOVEL_CELLS = 2
/** And once every day of the week was seen. */
const NOVEL_AFTER = 7 * DAY

export const adaptive: DetectorDefinition<AdaptiveParams> = {
  method: 'ADAPTIVE',
  summary: 'Learns by itself what is normal for this series: its level, its hours and days, its jumps. For any series.',
  uses: ['min_samples'],
  params: adaptiveParams,
  version: 5,
  memory: () => HALF_LIFE_SAMPLES,
  resolveSamples: RECOVERED,
  create: (settings, state) => createAdaptive(settings, state),
}

export const VIEWS = ['level', 'hour', 'surge', 'novelty', 'weekday', 'stuck'] as const

/** @param views those that may find something; the benchmark leaves one out to see what it is worth */
export const createAdaptive = (
  settings: Settings<AdaptiveParams>,
  state?: unknown,
  views: readonly (typeof VIEWS)[number][] = VIEWS,
): Detector => new Adaptive(settings, state as State | undefined, views)

/** What was normal before the newest adoption. */
interface Undo {
  until: number
  level: number
  noveltyLevel: number
  hours: SavedHours
}

interface State {
  views: SavedCalibratedView[]
  stuck: SavedStuck
  rhythm: SavedRhythm
  seen: number
  age: number
  calm: number
  run: SavedRun | null
  undo: Undo | null
}

interface Finding {
  found: CalibratedView
  /** How many times as far from normal as the alarm line is. */
  ratio: number
  line: number
  departure: number
}

/** The largest of the views' ratios of departure to alarm line is the figure. */
class Adaptive implements Detector {
  private readonly settings: Settings<AdaptiveParams>
  private readonly reader: ContextReader
  private readonly level: LevelView
  private readonly hour: HourView
  private readonly surge: SurgeView
  private readonly novelty: NoveltyView
  private readonly weekday: WeekdayView
  private readonly views: readonly CalibratedView[]
  /** Those that may find something. */
  private readonly asked: readonly CalibratedView[]
  private readonly asksWeekday: boolean
  private readonly stuck: StuckView
  private readonly asksStuck: boolean
  private seen: number
  /** Milliseconds that were seen, without the gaps. */
  private age: number
  /** Samples since the newest flagged one. */
  private calm: number
  /** The anomaly at hand, or the newest one; null before the first. */
  private run: HeldRun | null
  private undo: Undo | null

  constructor(settings: Settings<AdaptiveParams>, saved: State | undefined, asked: readonly string[]) {
    const stateOf = (index: number) => saved?.views[index]?.view as never
    this.settings = settings
    this.reader = new ContextReader(zoneNamed(settings.params.time_zone ?? machineZone()), saved?.rhythm)
    this.level = new LevelView(12, stateOf(0))
    this.hour = new HourView(stateOf(1))
    this.surge = new SurgeView(stateOf(2))
    this.novelty = new NoveltyView(4, settings.params.min_change, stateOf(3))
    this.weekday = new WeekdayView(this.hour, stateOf(4))
    const views = [this.level, this.hour, this.surge, this.novelty, this.weekday]
    const knowsCustom = (view: object) => view === this.surge || view === this.novelty
    this.views = views.map((view, index) => new CalibratedView(view, !knowsCustom(view), saved?.views[index]))
    this.asked = this.views.filter((_, index) => asked.includes(VIEWS[index]!))
    this.asksWeekday = asked.includes('weekday')
    this.stuck = new StuckView(saved?.stuck)
    this.asksStuck = settings.params.side === 'both' && asked.includes('stuck')
    this.seen = saved?.seen ?? 0
    this.age = saved?.age ?? 0
    this.calm = saved?.calm ?? RECOVERED
    this.run = saved?.run ? new HeldRun(saved.run) : null
    this.undo = saved?.undo ?? null
  }

  score(observation: Observation): Verdict {
    const { seen } = this
    if (seen < Math.max(LEARNING, this.settings.min_samples) || !this.views[0]!.isReady) return insufficientData(seen)
    const sample = this.reader.read(observation)
    const { found, ratio, line, departure } = this.largest(sample)
    const stuck = ratio < 1 && this.asksStuck ? this.stuck.ratio(sample, this.settings.params.sensitivity) : 0
    if (stuck > 0) return this.stuckFor(stuck, sample)
    const verdict: Verdict = {
      score: scoreOf(ratio),
      figure: departure < 0 ? -ratio : ratio,
      ...this.band(sample, ratio < 1 ? this.asked : [found]),
      samples: seen,
      reason: ratio < 1 ? NORMAL : texts.fromSamples(found.view.explain(sample, line), seen),
    }
    return ratio >= 1 && this.isRunning && this.run!.isDue(sample.time)
      ? { ...verdict, adopted: { before: this.run!.mean - this.run!.deviation, now: this.run!.mean } }
      : verdict
  }

  learn(observation: Observation, { score, adopted }: Verdict): void {
    const sample = this.reader.read(observation)
    const { rhythm } = this.reader
    const step = sample.afterGap ? 0 : rhythm.stepTo(observation.time)
    const isFlagged = score >= ALARM_LINE
    const holds = this.age >= HOLDS_AFTER
    if (holds) this.follow(sample, isFlagged)
    const flagged = isFlagged ? Math.min(1, rhythm.interval / ANOTHER) : null
    const stays = this.isRunning && this.run!.lasting(sample.time) > CUSTOM_MS
    const learning = { step, kept: 2 ** -sample.fading, flagged, holds, stays }
    for (const view of this.views) view.learn(sample, learning)
    this.stuck.learn(sample)
    if (adopted && this.run) this.adopt(this.run, observation.time)
    rhythm.add(observation.time)
    this.age += step
    this.seen++
    this.drawLines()
  }

  feedback(feedback: Feedback): void {
    const { run } = this
    if (feedback === 'false_alarm') {
      for (const view of this.views) view.accept(this.share)
      this.endRun()
    } else if (this.undo) this.undoAdoption(this.undo)
    else if (run) {
      run.isReal = true
      if (!this.isRunning) for (const view of this.views) view.unlearn(run.quarters)
      this.surge.forget(run.quarters)
    }
    this.drawLines()
  }

  state(): State {
    const { seen, age, calm, run, undo } = this
    const views = this.views.map((view) => view.state())
    const rhythm = this.reader.rhythm.state()
    return { views, stuck: this.stuck.state(), rhythm, seen, age, calm, run: run?.state() ?? null, undo }
  }

  private get isRunning(): boolean {
    return this.run !== null && this.calm < RECOVERED
  }

  /** How much of all departures may exceed the line, but for its margin. */
  private get share(): number {
    return Math.min(LARGEST_SHARE, (EXCEEDED_PER_DAY * this.reader.rhythm.interval) / DAY)
  }

  /** The anomaly at hand: begins, goes on, or ends. */
  private follow(sample: SampleContext, isFlagged: boolean): void {
    if (isFlagged) {
      if (!this.isRunning) this.run = new HeldRun()
      this.calm = 0
      this.run!.hold(sample, this.hour.normalAt(sample.hour) ?? this.level.current())
    } else if (this.isRunning) {
      this.run!.pass()
      if (++this.calm >= RECOVERED) this.endRun()
    }
  }

  private endRun(): void {
    const isReal = this.run?.isReal ?? false
    this.calm = RECOVERED
    for (const view of this.views) view.endAnomaly(isReal)
    this.novelty.endRun(isReal)
  }

  private adopt(run: HeldRun, time: number): void {
    this.undo = {
      until: time + UNDO_MS,
      level: this.level.current(),
      noveltyLevel: this.novelty.current(),
      hours: this.hour.state(),
    }
    for (const { view } of this.views) view.adopt?.(run)
    this.endRun()
  }

  /** What is normal now is what was normal before the adoption, and the anomaly goes on, as a real one. */
  private undoAdoption({ level, noveltyLevel, hours }: Undo): void {
    this.level.restore(level)
    this.novelty.restore(noveltyLevel)
    this.hour.restore(hours)
    this.undo = null
    this.run = new HeldRun()
    this.run.isReal = true
    this.calm = 0
  }

  private stuckFor(ratio: number, sample: SampleContext): Verdict {
    const { seen } = this
    const reason = texts.fromSamples(this.stuck.explain(sample), seen)
    return { score: scoreOf(ratio), figure: ratio, lower: null, upper: null, samples: seen, reason }
  }

  private largest(sample: SampleContext): Finding {
    // That something is rarer than one in so many can't be said from fewer samples: certainty takes some thousands.
    const largest = Math.log10(this.seen)
    let finding: Finding = { found: this.views[0]!, ratio: 0, line: 0, departure: 0 }
    for (const found of this.asked) {
      const departure = this.isAsked(found) ? (found.view.departure(sample) ?? 0) : 0
      if (departure === 0 || !this.isBad(departure)) continue
      const line = this.lineOf(found, sample)
      const ratio = Math.min(largest, Math.abs(departure) / line)
      if (ratio > finding.ratio) finding = { found, ratio, line, departure }
    }
    return finding
  }

  /** Of the hours of the day and those of the week, the one that knows better what comes. */
  private isAsked(calibrated: CalibratedView): boolean {
    const { view, isReady } = calibrated
    if (view === this.weekday) return isReady && this.weekday.isBetter
    if (view === this.hour) return isReady && !(this.asksWeekday && this.weekday.isBetter)
    if (view === this.novelty) return this.age >= NOVEL_AFTER
    return isReady
  }

  private isBad(departure: number): boolean {
    const { side } = this.settings.params
    return side === 'both' || (side === 'above') === departure > 0
  }

  /** Novelty is counted in cells; all else in the unit of the value, in which a change may be too small to matter. */
  private lineOf(calibrated: CalibratedView, sample: SampleContext): number {
    const line = calibrated.lineAt(sample)
    if (calibrated.view === this.novelty) return NOVEL_CELLS * Math.max(line, 1)
    return Math.max(line, this.settings.params.min_change * Math.abs(this.level.current()), Number.MIN_VALUE)
  }

  /** Of an anomaly, what the view expected that found it; else the values at which no view of single values would. */
  private band(sample: SampleContext, views: readonly CalibratedView[]): Pick<Verdict, 'lower' | 'upper'> {
    const { side } = this.settings.params
    const { lower, upper } = this.bandOfBoth(sample, views)
    if (lower === -Infinity) return { lower: null, upper: null }
    return { lower: side === 'above' ? null : lower, upper: side === 'below' ? null : upper }
  }

  private bandOfBoth(sample: SampleContext, views: readonly CalibratedView[]): Band {
    let lower = -Infinity
    let upper = Infinity
    for (const each of views) {
      if (views.length > 1 && each.view === this.level) continue
      const band = this.isAsked(each) ? each.view.band(sample, this.lineOf(each, sample)) : null
      if (!band) continue
      lower = Math.max(lower, band.lower)
      upper = Math.min(upper, band.upper)
    }
    // If the views contradict each other, no value is normal.
    return lower <= upper ? { lower, upper } : { lower: (lower + upper) / 2, upper: (lower + upper) / 2 }
  }

  private drawLines(): void {
    const { share } = this
    const margin = MARGIN / this.settings.params.sensitivity
    for (const view of this.views) view.draw(share, margin)
  }
}
