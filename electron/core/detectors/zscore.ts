// ZSCORE: how many standard deviations a value lies from the mean of the newest samples.
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
import { texts } from './texts.ts'
import {
  bounded,
  inUnitsOf,
  matters,
  packed,
  Ring,
  unpacked,
  windowParams,
  windowSize,
  type WindowParams,
} from './window.ts'

interface State {
  /** Packed doubles, oldest first. */
  values: string
  flagged: number
  mean: number
  squares: number
  age: number
}

export const zscore: DetectorDefinition<WindowParams> = {
  method: 'ZSCORE',
  summary: 'Far from the mean, counted in standard deviations. For values that scatter evenly around one level.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 2,
  memory: windowSize,
  create: (settings, state) => new Zscore(settings, state as State | undefined),
}

class Zscore implements Detector {
  private readonly settings: Settings<WindowParams>
  private readonly ring: Ring
  flagged: number
  private readonly moments: Moments

  constructor(settings: Settings<WindowParams>, saved?: State) {
    this.settings = settings
    this.ring = new Ring(windowSize(settings), saved && unpacked(saved.values))
    this.flagged = saved?.flagged ?? 0
    this.moments = new Moments(saved)
  }

  score({ value }: Observation): Verdict {
    const { settings, ring, moments } = this
    if (ring.size < settings.min_samples) return insufficientData(ring.size)
    const { mean } = moments
    const deviation = ring.size < 2 ? 0 : Math.sqrt(moments.squares / (ring.size - 1))
    const figure = inUnitsOf(deviation, bounded(value) - mean, mean)
    const reach = settings.z_threshold * deviation
    const score = matters(value, mean, settings.params.min_change)
      ? scoreOf(Math.abs(figure) / settings.z_threshold)
      : 0
    const reason = score < ALARM_LINE ? NORMAL : explain(value, figure, mean, deviation, ring.size)
    return { score, figure, lower: mean - reach, upper: mean + reach, samples: ring.size, reason }
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (shouldLearn(this, verdict)) this.moments.push(this.ring, bounded(value))
  }

  state(): State {
    const { mean, squares, age } = this.moments
    return { values: packed(this.ring.toValues()), flagged: this.flagged, mean, squares, age }
  }
}

function explain(value: number, figure: number, mean: number, deviation: number, samples: number): string {
  return deviation === 0 ? texts.flat(value, samples, mean) : texts.zscore(value, figure, mean, deviation, samples)
}

/** Mean and sum of squared deviations of a ring, carried along, in fields that change in place (see `AlertState`). */
class Moments {
  mean = 0
  squares = 0
  /** Pushes since both were last computed from the values themselves. */
  age: number

  constructor({ mean, squares, age }: Pick<State, 'mean' | 'squares' | 'age'> = { mean: 0, squares: 0, age: 0 }) {
    this.mean = mean
    this.squares = squares
    this.age = age
  }

  /**
   * Slides the window by one in constant time (Welford 1962, with replacement of the oldest value). What rounding has
   * added up, and what is left of an outlier's square after it went, is cleared by computing anew: once per turn of the
   * window, and whenever the sum of squares collapses.
   */
  push(ring: Ring, value: number): void {
    const { mean, squares } = this
    if (ring.size < ring.capacity) {
      ring.push(value)
      this.mean = mean + (value - mean) / ring.size
      this.squares = squares + (value - mean) * (value - this.mean)
    } else {
      const oldest = ring.slots[ring.next]!
      ring.push(value)
      this.mean = mean + (value - oldest) / ring.size
      this.squares = squares + (value - oldest) * (value - this.mean + oldest - mean)
    }
    if (++this.age >= ring.capacity || this.squares < squares * 1e-6) this.compute(ring)
  }

  /** Oldest first, whatever slots they lie in: a ring that was saved and made anew must give the same to the last bit. */
  private compute(ring: Ring): void {
    const values = ring.toValues()
    let sum = 0
    for (const value of values) sum += value
    const mean = sum / values.length
    let squares = 0
    for (const value of values) squares += (value - mean) ** 2
    this.mean = mean
    this.squares = squares
    this.age = 0
  }
}
