// MAD: how many robust standard deviations a value lies from the median of the newest samples.
import { textsFor } from '../../../shared/texts/texts.ts'
import { verdictIn } from './band.ts'
import type { DetectorDefinition, Settings, Verdict } from './detector.ts'
import { createRobust } from './robust.ts'
import type { SortedWindow } from './sorted-window.ts'
import { inUnitsOf, windowParams, windowSize, type WindowParams } from './window.ts'

const texts = textsFor()

/** The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993). */
export const mad: DetectorDefinition<WindowParams> = {
  method: 'MAD',
  summary: 'Far from the median, counted in robust standard deviations. Outliers neither hide others nor themselves.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: createRobust(score),
}

function score(value: number, window: SortedWindow, { z_threshold: line, params }: Settings<WindowParams>): Verdict {
  const median = window.quantile(0.5)
  const spread = window.spread(median)
  const figure = inUnitsOf(spread, value - median, median)
  const reach = line * spread
  const samples = window.size
  const band = { level: median, figure, line, lower: median - reach, upper: median + reach, samples }
  return verdictIn(band, value, params.min_change, () => explain(value, figure, median, spread, samples))
}

function explain(value: number, figure: number, median: number, spread: number, samples: number): string {
  return spread === 0
    ? texts.nearlyFlat({ value, samples, level: median })
    : texts.mad({ value, figure, median, spread, samples })
}
