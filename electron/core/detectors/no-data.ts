// NO_DATA: a series that says nothing for longer than it usually does. Its sample that comes after too long a silence is
// flagged, which is what a look back at history needs; live, the clock asks and doesn't wait for it (engine/no-data.ts).
import { z } from 'zod'
import { textsFor } from '../../../shared/texts/texts.ts'
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
import { packed, unpacked } from './window.ts'

const texts = textsFor()

const noDataParams = z.object({
  factor: z
    .number()
    .min(1)
    .max(1000)
    .default(3)
    .meta({ description: 'how many times as long as its usual longest silence; one in twenty is longer than that' }),
  at_least_seconds: z.number().min(1).max(604_800).default(60).meta({ description: 'a shorter silence is none' }),
  min_age_seconds: z.number().min(0).max(604_800).default(0).meta({
    description: 'a source whose history is shorter, such as a pod that has ended, is not missed',
  }),
})
type NoDataParams = z.infer<typeof noDataParams>

interface State {
  /** Packed doubles, oldest first: milliseconds between samples. */
  intervals: string
  last: number | null
}

/** Enough to know a rhythm, few enough that a new one is known within minutes for what comes every few seconds. */
const INTERVALS = 64

/** Of all silences, so many are usual: a series that comes in bursts is silent between them. */
const USUAL_SHARE = 0.95

/** Silence is a fact, but not known to be damage: a warning. */
const SILENT = 0.75

/** In units of the longest silence that is normal; figures stay finite if samples come all at once. */
export const noData: DetectorDefinition<NoDataParams> = {
  method: 'NO_DATA',
  summary: 'Silent for longer than its own rhythm. A machine that was asleep is given time, and data end it.',
  uses: ['min_samples'],
  params: noDataParams,
  isTimerDriven: true,
  resolveSamples: 1,
  version: 2,
  memory: () => INTERVALS + 1,
  create: (settings, state) => new NoData(settings, state as State | undefined),
}

/** Milliseconds: whatever the rhythm, a shorter silence is normal, and so is any of a younger source. */
export function limitsOf(params: unknown): { minSilence: number; minAge: number } {
  const { at_least_seconds, min_age_seconds } = noDataParams.parse(params)
  return { minSilence: at_least_seconds * 1000, minAge: min_age_seconds * 1000 }
}

class NoData implements Detector {
  private readonly settings: Settings<NoDataParams>
  private readonly intervals: SortedWindow
  private last: number | null

  constructor(settings: Settings<NoDataParams>, saved?: State) {
    this.settings = settings
    this.intervals = new SortedWindow(INTERVALS, saved && unpacked(saved.intervals))
    this.last = saved?.last ?? null
  }

  score({ time }: Observation): Verdict {
    const { settings, intervals, last } = this
    const { factor, at_least_seconds } = settings.params
    const samples = intervals.size
    if (last === null || samples < Math.min(settings.min_samples, INTERVALS)) return insufficientData(samples)
    const usual = intervals.quantile(USUAL_SHARE)
    const longest = Math.max(factor * usual, at_least_seconds * 1000)
    const silence = time - last
    const isMissed = silence > longest
    return {
      score: isMissed ? SILENT : 0,
      figure: silence / longest,
      lower: null,
      upper: null,
      samples,
      ...(isMissed && { silence }),
      reason: isMissed ? texts.noData({ silence, typical: Math.max(usual, 1000) }) : NORMAL,
    }
  }

  learn({ time }: Observation): void {
    // Samples of one time have no silence between them: thirty of them would make any minute look long.
    if (this.last !== null && time > this.last) this.intervals.push(time - this.last)
    this.last = time
  }

  state(): State {
    return { intervals: packed(this.intervals.toValues()), last: this.last }
  }
}
