// DRIFT: the level has changed and stays. Fires once for a change, then takes the new level for the normal one.
import { z } from 'zod'
import { textsFor } from '../../../shared/texts/texts.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { shouldLearn } from './outlier-learning.ts'
import {
  NORMAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import { larger, NO_RUN, runWith, withOne, type Run } from './runs.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, inUnitsOf, matters, packed, Ring, unpacked, windowParams, windowSize } from './window.ts'

const texts = textsFor()

const driftParams = windowParams.extend({
  shift: z
    .number()
    .min(0.5)
    .max(1000)
    .default(2)
    .meta({ description: 'the smallest change of level to find, in robust standard deviations' }),
  lasting: z
    .int()
    .min(3)
    .max(1000)
    .default(30)
    .meta({ description: 'how many samples a large change must last; one as small as `shift`, three times as many' }),
})
type DriftParams = z.infer<typeof driftParams>

/** A change that was found, until it is over or the new level is the usual one. */
interface Change extends Pick<Run, 'count' | 'mean'> {
  /** What came since it was found. */
  since: Ring
  /** Samples that lay as before the change, less those that did not. */
  back: number
}

interface State {
  /** Packed doubles, oldest first. */
  values: string
  up: Run
  down: Run
  flagged: number
  change: (Omit<Change, 'since'> & { since: string }) | null
}

/** Φ⁻¹(0.9): how far from the median the outer tenths of a normal distribution begin, in standard deviations. */
const WIDE = 1.2816

/** A change that was found is no less of one while it is looked at. */
const FOUND = scoreOf(2)

/**
 * The two-sided cumulative sum with an allowance of half the shift (Page, Continuous Inspection Schemes, 1954), over
 * values standardised by median and outer tenths and clipped at twice the shift, so that no single sample is a change.
 */
export const drift: DetectorDefinition<DriftParams> = {
  method: 'DRIFT',
  summary: 'The level has changed and stays. Fires once for each change, then knows the new level.',
  uses: ['min_samples'],
  params: driftParams,
  version: 1,
  memory: (settings) => 2 * windowSize(settings),
  create: (settings, state) => new Drift(settings, state as State | undefined),
}

class Drift implements Detector {
  private readonly settings: Settings<DriftParams>
  /** What a sum must reach: a sample adds one and a half shifts at most, and half of one where it lies a shift away. */
  private readonly line: number
  private usual: SortedWindow
  private up: Run
  private down: Run
  private change: Change | null
  flagged: number

  constructor(settings: Settings<DriftParams>, saved?: State) {
    const { shift, lasting } = settings.params
    const size = windowSize(settings)
    this.settings = settings
    this.line = lasting * 1.5 * shift
    this.usual = new SortedWindow(size, saved && unpacked(saved.values))
    this.flagged = saved?.flagged ?? 0
    this.up = saved?.up ?? NO_RUN
    this.down = saved?.down ?? NO_RUN
    this.change = saved?.change ? { ...saved.change, since: new Ring(size, unpacked(saved.change.since)) } : null
  }

  score(observation: Observation): Verdict {
    const { settings, usual, change, line } = this
    const samples = usual.size
    if (this.isYoung()) return insufficientData(samples)
    const { shift, min_change } = settings.params
    const value = bounded(observation.value)
    const { median, below, above, distance } = this.standardise(value)
    const run = larger(this.prolonged(value, distance))
    const { count, mean } = change ? withOne(change, value) : run
    const isChange = count > 0 && matters(mean, median, min_change)
    const score = change ? FOUND : isChange ? scoreOf(run.sum / line) : 0
    return {
      score,
      figure: count === 0 ? 0 : inUnitsOf(mean > median ? above : below, mean - median, median),
      lower: median - shift * below,
      upper: median + shift * above,
      samples,
      reason: score < ALARM_LINE ? NORMAL : texts.drift({ median, mean, samples: count }),
    }
  }

  learn(observation: Observation, verdict: Verdict): void {
    const value = bounded(observation.value)
    if (this.isYoung()) return this.usual.push(value)
    const { distance } = this.standardise(value)
    if (this.change) return this.follow(this.change, value, distance)
    const runs = this.prolonged(value, distance)
    const { count, mean } = larger(runs)
    this.up = runs.up
    this.down = runs.down
    if (verdict.score >= ALARM_LINE) this.change = { count, mean, since: new Ring(windowSize(this.settings)), back: 0 }
    else if (shouldLearn(this, { score: this.isFar(distance) ? 1 : 0 })) this.usual.push(value)
  }

  state(): State {
    const { usual, up, down, flagged, change } = this
    return {
      values: packed(usual.toValues()),
      up,
      down,
      flagged,
      change: change && { ...change, since: packed(change.since.toValues()) },
    }
  }

  private isYoung(): boolean {
    const { min_samples, params } = this.settings
    return this.usual.size < Math.min(Math.max(min_samples, params.lasting), windowSize(this.settings))
  }

  /** Either side has a spread of its own: of lopsided values, one side would look like a change all the time. */
  private standardise(value: number) {
    const { usual, settings } = this
    const median = usual.quantile(0.5)
    const below = (median - usual.quantile(0.1)) / WIDE
    const above = (usual.quantile(0.9) - median) / WIDE
    const most = 2 * settings.params.shift
    const distance = inUnitsOf(value > median ? above : below, value - median, median)
    return { median, below, above, distance: Math.max(-most, Math.min(most, distance)) }
  }

  private isFar(distance: number): boolean {
    return Math.abs(distance) >= this.settings.params.shift
  }

  private prolonged(value: number, distance: number): { up: Run; down: Run } {
    const allowance = this.settings.params.shift / 2
    return {
      up: runWith(this.up, value, distance - allowance, this.line),
      down: runWith(this.down, value, -distance - allowance, this.line),
    }
  }

  /** Either it goes back to where it was, or what came since is the usual from now on. */
  private follow(change: Change, value: number, distance: number): void {
    const { lasting } = this.settings.params
    const { since } = change
    since.push(value)
    Object.assign(change, withOne(change, value))
    change.back = Math.max(0, change.back + (this.isFar(distance) ? -1 : 1))
    const isOver = change.back >= lasting
    if (!isOver && since.size < since.capacity) return
    if (!isOver) this.usual = new SortedWindow(since.capacity, since.toValues())
    this.change = null
    this.up = this.down = NO_RUN
  }
}
