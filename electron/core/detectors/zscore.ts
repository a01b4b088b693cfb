// ZSCORE: how many standard deviations a value lies from the mean of the newest samples.
import { textsFor } from '../../../shared/texts/texts.ts'
import { verdictIn } from './band.ts'
import type { DetectorDefinition, Settings, Verdict } from './detector.ts'
import { Moments, type SavedMoments } from './moments.ts'
import { shouldLearn } from './outlier-learning.ts'
import { createFromWindow } from './window-detector.ts'
import { inUnitsOf, windowParams, windowSize, type WindowParams } from './window.ts'

const texts = textsFor()

export const zscore: DetectorDefinition<WindowParams> = {
  method: 'ZSCORE',
  summary: 'Far from the mean, counted in standard deviations. For values that scatter evenly around one level.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 2,
  memory: windowSize,
  create: createFromWindow<Moments, SavedMoments>({
    restore: (size, saved) => new Moments(size, saved),
    save: (moments) => moments.saved(),
    shouldLearn,
    score,
  }),
}

function score(value: number, moments: Moments, { z_threshold: line, params }: Settings<WindowParams>): Verdict {
  const { mean, deviation, size: samples } = moments
  const figure = inUnitsOf(deviation, value - mean, mean)
  const reach = line * deviation
  const band = { level: mean, figure, line, lower: mean - reach, upper: mean + reach, samples }
  return verdictIn(band, value, params.min_change, () => explain(value, figure, mean, deviation, samples))
}

function explain(value: number, figure: number, mean: number, deviation: number, samples: number): string {
  return deviation === 0
    ? texts.flat({ value, samples, level: mean })
    : texts.zscore({ value, figure, mean, deviation, samples })
}
