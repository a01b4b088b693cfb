// ADAPTIVE: for a series about which nothing is known. Looks at it in several ways, and holds each departure from the
// normal against the largest departures that this very series shows in that way. What it flags it holds back from all that
// it learns: the memory of anomalies is not the memory of the normal.
import { textsFor } from '../../../shared/texts/texts.ts'
import { DAY, HOUR } from '../../../shared/domain/time.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { machineZone, zoneNamed } from '../platform/zoned-time.ts'
import { Anomalies, RECOVERED, type SavedAnomalies } from './adaptive/anomalies.ts'
import type { SavedCalibratedView } from './adaptive/calibrated-view.ts'
import { ContextReader, HALF_LIFE_SAMPLES } from './adaptive/context.ts'
import { StuckView, type SavedStuck } from './adaptive/stuck-view.ts'
import { adaptiveParams, type AdaptiveParams } from './adaptive/params.ts'
import { ViewSet, VIEWS } from './adaptive/view-set.ts'
import type { SampleContext } from './adaptive/view.ts'
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
import type { RhythmFields } from './rhythm.ts'

const texts = textsFor()

/**
 * The alarm line of a view lies at a margin times the departure that is exceeded so often: seldom enough to be notified, often
 * enough to be known after some days. What is that rare by the day is the same for every rhythm of samples.
 */
const EXCEEDED_PER_DAY = 2 / 3
/** If samples are so rare that a day has few of them, the line is drawn among the largest hundredth. */
const MAX_SHARE = 0.01

/** Samples before anything is evaluated. */
const LEARNING = 30

/** An anomaly that lasts counts as one departure, and as another one for each so many milliseconds more. */
const ANOTHER = HOUR

/** Flagged samples are held back once a day was seen: before that, nothing is known to be normal. */
const HOLDS_AFTER = DAY

/** Not every kind of day was seen before. */
const YOUNG = 7 * DAY

/** What comes and goes at some time of day, as a backup does, is over by then: no outage is the custom of its hours. */
const CUSTOM_MS = 6 * HOUR

export const adaptive: DetectorDefinition<AdaptiveParams> = {
  method: 'ADAPTIVE',
  summary: 'Learns by itself what is normal for this series: its level, its hours and days, its jumps. For any series.',
  uses: ['min_samples'],
  params: adaptiveParams,
  version: 6,
  memory: () => HALF_LIFE_SAMPLES,
  resolveSamples: RECOVERED,
  create: (settings, state) => createAdaptive(settings, state),
}

/** @param views those that may find something; the benchmark leaves one out to see what it is worth */
export const createAdaptive = (
  settings: Settings<AdaptiveParams>,
  state?: unknown,
  views: readonly (typeof VIEWS)[number][] = VIEWS,
): Detector => new Adaptive(settings, state as State | undefined, views)

interface State {
  views: SavedCalibratedView[]
  stuck: SavedStuck
  rhythm: RhythmFields
  seen: number
  age: number
  anomalies: SavedAnomalies
}

/** The largest of the views' ratios of departure to alarm line is the figure. */
class Adaptive implements Detector {
  private readonly settings: Settings<AdaptiveParams>
  private readonly reader: ContextReader
  private readonly views: ViewSet
  private readonly stuck: StuckView
  private readonly asksStuck: boolean
  /** Samples that were learned. */
  seen: number
  /** Milliseconds that were seen, without the gaps. */
  age: number
  private readonly anomalies: Anomalies

  constructor(settings: Settings<AdaptiveParams>, saved: State | undefined, asked: readonly string[]) {
    this.settings = settings
    this.reader = new ContextReader(zoneNamed(settings.params.time_zone ?? machineZone()), saved?.rhythm)
    this.views = new ViewSet(settings.params, saved?.views, asked)
    this.stuck = new StuckView(saved?.stuck)
    this.asksStuck = settings.params.side === 'both' && asked.includes('stuck')
    this.seen = saved?.seen ?? 0
    this.age = saved?.age ?? 0
    this.anomalies = new Anomalies(this.views, saved?.anomalies)
  }

  score(observation: Observation): Verdict {
    const { seen } = this
    if (seen < Math.max(LEARNING, this.settings.min_samples) || !this.views.isReady) return insufficientData(seen)
    const sample = this.reader.read(observation)
    const finding = this.views.largest(sample, this)
    const { found, ratio, line, departure } = finding
    const stuck = ratio < 1 && this.asksStuck ? this.stuck.ratio(sample, this.settings.params.sensitivity) : 0
    if (stuck > 0) return this.stuckFor(stuck, sample)
    const verdict: Verdict = {
      score: scoreOf(ratio),
      figure: departure < 0 ? -ratio : ratio,
      ...this.views.band(sample, this, ratio < 1 ? undefined : found),
      samples: seen,
      reason: ratio < 1 ? NORMAL : texts.fromSamples({ reason: found.view.explain(sample, line), samples: seen }),
    }
    if (ratio < 1) return verdict
    if (this.age < YOUNG) verdict.young = true
    const run = this.anomalies.current
    return run?.isDue(sample.time) ? { ...verdict, adopted: { before: run.before, now: run.mean } } : verdict
  }

  learn(observation: Observation, { score, adopted }: Verdict): void {
    const sample = this.reader.read(observation)
    const { rhythm } = this.reader
    const { anomalies } = this
    const step = sample.afterGap ? 0 : rhythm.stepTo(observation.time)
    const isFlagged = score >= ALARM_LINE
    const holds = this.age >= HOLDS_AFTER
    if (holds) anomalies.follow(sample, isFlagged)
    const flagged = isFlagged ? Math.min(1, rhythm.interval / ANOTHER) : null
    const stays = (anomalies.current?.lasting(sample.time) ?? 0) > CUSTOM_MS
    const learning = { step, kept: 2 ** -sample.fading, flagged, holds, stays }
    for (const view of this.views.all) view.learn(sample, learning)
    this.stuck.learn(sample)
    if (adopted && anomalies.current) anomalies.adopt(anomalies.current, observation.time)
    rhythm.add(observation.time)
    this.age += step
    this.seen++
    this.views.draw(this.share)
  }

  feedback(feedback: Feedback): void {
    if (feedback === 'false_alarm') this.anomalies.accept()
    else if (feedback === 'undo_adoption') this.anomalies.undoAdoption()
    else this.anomalies.confirm()
    this.views.draw(this.share)
  }

  state(): State {
    const { seen, age } = this
    const views = this.views.all.map((view) => view.state())
    const rhythm = this.reader.rhythm.state()
    return { views, stuck: this.stuck.state(), rhythm, seen, age, anomalies: this.anomalies.state() }
  }

  /** How much of all departures may exceed the line, but for its margin. */
  private get share(): number {
    return Math.min(MAX_SHARE, (EXCEEDED_PER_DAY * this.reader.rhythm.interval) / DAY)
  }

  private stuckFor(ratio: number, sample: SampleContext): Verdict {
    const { seen } = this
    const reason = texts.fromSamples({ reason: this.stuck.explain(sample), samples: seen })
    return { score: scoreOf(ratio), figure: ratio, lower: null, upper: null, samples: seen, stuck: true, reason }
  }
}
