// MAD: how many robust standard deviations a value lies from the median of the newest samples.
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { NORMAL, scoreOf, type DetectorDefinition } from './detector.ts'
import { createRobust, type ScoreWindow } from './robust.ts'
import { texts } from './texts.ts'
import { inUnitsOf, matters, windowParams, windowSize, type WindowParams } from './window.ts'

/** The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993). */
export const mad: DetectorDefinition<WindowParams> = {
  method: 'MAD',
  summary: 'Far from the median, counted in robust standard deviations. Outliers neither hide others nor themselves.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: (settings, state) => createRobust(score, settings, state),
}

const score: ScoreWindow = (value, window, { z_threshold, params }) => {
  const median = window.quantile(0.5)
  const spread = window.spread(median)
  const figure = inUnitsOf(spread, value - median, median)
  const reach = z_threshold * spread
  const result = matters(value, median, params.min_change) ? scoreOf(Math.abs(figure) / z_threshold) : 0
  const samples = window.size
  const reason = result < ALARM_LINE ? NORMAL : explain(value, figure, median, spread, samples)
  return { score: result, figure, lower: median - reach, upper: median + reach, samples, reason }
}

function explain(value: number, figure: number, median: number, spread: number, samples: number): string {
  return spread === 0 ? texts.nearlyFlat(value, samples, median) : texts.mad(value, figure, median, spread, samples)
}
