// RATE: a change per second that is faster than usual, or than a person allows.
import { z } from 'zod'
import { textsFor } from '../../../shared/texts/texts.ts'
import { verdictIn } from './band.ts'
import { shouldLearnOfRuns } from './outlier-learning.ts'
import {
  NORMAL,
  insufficientData,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, inUnitsOf, packed, unpacked, windowParams, windowSize } from './window.ts'

const texts = textsFor()

const limit = z.number().positive().optional()
const rateParams = windowParams.extend({
  rise: limit.meta({ description: 'the fastest rise per second that is fine; with a limit, nothing is learned' }),
  fall: limit.meta({ description: 'the fastest fall per second that is fine; with a limit, nothing is learned' }),
})
type RateParams = z.infer<typeof rateParams>

interface State {
  /** Packed doubles, oldest first: changes per second, and seconds between samples. */
  changes: string
  intervals: string
  flagged: number
  last: Observation | null
}

/** Intervals whose median is the usual one. */
const INTERVALS = 16

/** Seconds: samples closer together than a millisecond have no time between them. */
const MIN_SECONDS = 0.001

/** The first difference over real time, evaluated as MAD evaluates values. */
export const rate: DetectorDefinition<RateParams> = {
  method: 'RATE',
  summary: 'Rises or falls faster than usual, or than limits that you set. For what may be high but not jump.',
  uses: ['z_threshold', 'min_samples'],
  params: rateParams,
  version: 1,
  memory: (settings) => windowSize(settings) + 1,
  create: (settings, state) => new Rate(settings, state as State | undefined),
}

class Rate implements Detector {
  private readonly settings: Settings<RateParams>
  private readonly changes: SortedWindow
  private readonly intervals: SortedWindow
  flagged: number
  private last: Observation | null

  constructor(settings: Settings<RateParams>, saved?: State) {
    this.settings = settings
    this.changes = new SortedWindow(windowSize(settings), saved && unpacked(saved.changes))
    this.intervals = new SortedWindow(INTERVALS, saved && unpacked(saved.intervals))
    this.flagged = saved?.flagged ?? 0
    this.last = saved?.last ?? null
  }

  score(observation: Observation): Verdict {
    const { settings, changes, last } = this
    const { rise, fall } = settings.params
    const isLimited = rise !== undefined || fall !== undefined
    if (!last || (!isLimited && changes.size < settings.min_samples)) return insufficientData(changes.size)
    const value = bounded(observation.value)
    const seconds = this.secondsSince(last, observation.time)
    return isLimited ? this.measure(value, last.value, seconds) : this.compare(value, last.value, seconds)
  }

  learn({ time, value }: Observation, verdict: Verdict): void {
    const { last } = this
    const now = { time, value: bounded(value) }
    if (last) {
      const seconds = (time - last.time) / 1000
      // Samples that come almost together would say that hardly anything ever changes.
      const isApart = seconds >= this.usualInterval() / 2
      if (isApart && shouldLearnOfRuns(this, verdict))
        this.changes.push((now.value - last.value) / this.secondsSince(last, time))
      if (seconds > 0) this.intervals.push(seconds)
    }
    this.last = now
  }

  state(): State {
    const { changes, intervals, flagged, last } = this
    return {
      changes: packed(changes.toValues()),
      intervals: packed(intervals.toValues()),
      flagged,
      last,
    }
  }

  /** Samples that come in a hurry changed as if in their usual time, or their noise would look like haste. */
  private secondsSince(last: Observation, time: number): number {
    return Math.max((time - last.time) / 1000, this.usualInterval())
  }

  private usualInterval(): number {
    return this.intervals.size === 0 ? MIN_SECONDS : Math.max(MIN_SECONDS, this.intervals.quantile(0.5))
  }

  private compare(value: number, before: number, seconds: number): Verdict {
    const { settings, changes } = this
    const { z_threshold, params } = settings
    const change = (value - before) / seconds
    const median = changes.quantile(0.5)
    const spread = changes.spread(median)
    const expected = before + median * seconds
    // What is no change of the value is none of its speed.
    const level = Math.max(Math.abs(value), Math.abs(before)) / seconds
    const figure = inUnitsOf(spread, change - median, level)
    const reach = z_threshold * spread * seconds
    const lower = expected - reach
    const upper = expected + reach
    const samples = changes.size
    const band = { level: expected, figure, line: z_threshold, lower, upper, samples }
    return verdictIn(band, value, params.min_change, () =>
      texts.rate({ change, before, value, fine: texts.normalRate({ median, spread, changes: samples }) }),
    )
  }

  private measure(value: number, before: number, seconds: number): Verdict {
    const { rise = null, fall = null } = this.settings.params
    const change = (value - before) / seconds
    const beyond = change > 0 ? rise : fall
    const isBeyond = beyond !== null && Math.abs(change) > beyond
    return {
      score: Number(isBeyond),
      figure: change,
      lower: fall && before - fall * seconds,
      upper: rise && before + rise * seconds,
      samples: null,
      reason: isBeyond ? texts.rate({ change, before, value, fine: texts.rateLimit({ limit: beyond }) }) : NORMAL,
    }
  }
}
