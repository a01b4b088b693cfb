// ZSCORE: how many standard deviations a value lies from the mean of the newest samples.
import { plain } from '../../../shared/plain.ts'
import { createCaution } from './caution.ts'
import {
  AS_USUAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Settings,
} from './detector.ts'
import {
  bounded,
  createRing,
  inUnitsOf,
  matters,
  windowParams,
  windowSize,
  type Ring,
  type WindowParams,
} from './window.ts'

interface State {
  values: number[]
  flagged: number
  moments: Moments
}

/** Mean and sum of squared deviations, carried along. */
interface Moments {
  mean: number
  squares: number
  /** Pushes since both were last computed from the values themselves. */
  age: number
}

export const zscore: DetectorDefinition<WindowParams> = {
  method: 'ZSCORE',
  summary: 'Far from the mean, counted in standard deviations. For values that scatter evenly around one level.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: (settings, state) => createZscore(settings, state as State | undefined),
}

function createZscore(settings: Settings<WindowParams>, saved?: State): Detector {
  const ring = createRing(windowSize(settings), saved?.values)
  const caution = createCaution(saved?.flagged)
  const moments = saved ? { ...saved.moments } : { mean: 0, squares: 0, age: 0 }
  return {
    score({ value }) {
      if (ring.size < settings.min_samples) return insufficientData
      const { mean } = moments
      const deviation = ring.size < 2 ? 0 : Math.sqrt(moments.squares / (ring.size - 1))
      const figure = inUnitsOf(deviation, bounded(value) - mean, mean)
      const reach = settings.z_threshold * deviation
      const score = matters(value, mean, settings.params.min_change)
        ? scoreOf(Math.abs(figure) / settings.z_threshold)
        : 0
      const reason = score < 0.5 ? AS_USUAL : explain(value, figure, mean, deviation, ring.size)
      return { score, figure, lower: mean - reach, upper: mean + reach, reason }
    },
    learn({ value }, verdict) {
      if (caution.admits(verdict)) pushWithMoments(ring, moments, bounded(value))
    },
    state: (): State => ({ values: ring.toArray(), flagged: caution.flagged(), moments: { ...moments } }),
  }
}

function explain(value: number, figure: number, mean: number, deviation: number, samples: number): string {
  if (deviation === 0) return `${plain(value)}, after ${samples} samples that were all ${plain(mean)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `usually ${plain(mean)} ± ${plain(deviation)} over the last ${samples} samples`
  return `${plain(value)} is ${plain(Math.abs(figure))} standard deviations ${side} the mean (${usual}).`
}

/**
 * Slides the window by one in constant time (Welford 1962, with replacement of the oldest value). What rounding has
 * added up, and what is left of an outlier's square after it went, is cleared by computing anew: once per turn of the
 * window, and whenever the sum of squares collapses.
 */
function pushWithMoments(ring: Ring, moments: Moments, value: number): void {
  const { mean, squares } = moments
  if (ring.size < ring.capacity) {
    ring.push(value)
    moments.mean = mean + (value - mean) / ring.size
    moments.squares = squares + (value - mean) * (value - moments.mean)
  } else {
    const oldest = ring.at(ring.next())
    ring.push(value)
    moments.mean = mean + (value - oldest) / ring.size
    moments.squares = squares + (value - oldest) * (value - moments.mean + oldest - mean)
  }
  if (++moments.age >= ring.capacity || moments.squares < squares * 1e-6) Object.assign(moments, momentsOf(ring))
}

/** Oldest first, whatever slots they lie in: a ring that was saved and made anew must give the same to the last bit. */
function momentsOf(ring: Ring): Moments {
  const values = ring.toArray()
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, squares, age: 0 }
}
