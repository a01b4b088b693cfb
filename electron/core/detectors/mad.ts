// MAD: how many robust standard deviations a value lies from the median of the newest samples.
import { plain } from '../../../shared/domain/plain.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { AS_USUAL, scoreOf, type DetectorDefinition } from './detector.ts'
import { createRobust, type Judge } from './robust.ts'
import { inUnitsOf, matters, windowParams, windowSize, type WindowParams } from './window.ts'

/** The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993). */
export const mad: DetectorDefinition<WindowParams> = {
  method: 'MAD',
  summary: 'Far from the median, counted in robust standard deviations. Outliers neither hide others nor themselves.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: (settings, state) => createRobust(judge, settings, state),
}

const judge: Judge = (value, window, { z_threshold, params }) => {
  const median = window.quantile(0.5)
  const spread = window.spread(median)
  const figure = inUnitsOf(spread, value - median, median)
  const reach = z_threshold * spread
  const score = matters(value, median, params.min_change) ? scoreOf(Math.abs(figure) / z_threshold) : 0
  const samples = window.size
  const reason = score < ALARM_LINE ? AS_USUAL : explain(value, figure, median, spread, samples)
  return { score, figure, lower: median - reach, upper: median + reach, samples, reason }
}

function explain(value: number, figure: number, median: number, spread: number, samples: number): string {
  if (spread === 0) return `${plain(value)}, while nearly all of the last ${samples} samples were ${plain(median)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `usually ${plain(median)} ± ${plain(spread)} over the last ${samples} samples`
  return `${plain(value)} is ${plain(Math.abs(figure))} robust standard deviations ${side} the median (${usual}).`
}
