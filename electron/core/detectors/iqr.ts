// IQR: how far a value lies outside the quartiles of the newest samples, counted in interquartile ranges.
import { plain } from '../../../shared/domain/plain.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { AS_USUAL, scoreOf, type DetectorDefinition } from './detector.ts'
import { createRobust, type Judge } from './robust.ts'
import { inUnitsOf, matters, windowParams, windowSize, type WindowParams } from './window.ts'

/**
 * How far apart the quartiles of a normal distribution lie, in standard deviations. Where half of the samples are equal,
 * as integers with few values often are, the rest of them say how wide the usual is.
 */
const QUARTILES_APART = 1.349

/** Tukey's fences (Exploratory Data Analysis, 1977). */
export const iqr: DetectorDefinition<WindowParams> = {
  method: 'IQR',
  summary: 'Outside the middle half of the values, counted in its width. Bears outliers and lopsided values.',
  uses: ['iqr_factor', 'min_samples'],
  params: windowParams,
  version: 2,
  memory: windowSize,
  create: (settings, state) => createRobust(judge, settings, state),
}

const judge: Judge = (value, window, { iqr_factor, params }) => {
  const first = window.quantile(0.25)
  const median = window.quantile(0.5)
  const third = window.quantile(0.75)
  const width = third - first || QUARTILES_APART * window.spread(median)
  const outside = value > third ? value - third : Math.min(0, value - first)
  const figure = inUnitsOf(width, outside, median)
  const reach = iqr_factor * width
  const score = matters(value, median, params.min_change) ? scoreOf(Math.abs(figure) / iqr_factor) : 0
  const samples = window.size
  const reason = score < ALARM_LINE ? AS_USUAL : explain(value, figure, first, third, samples)
  return { score, figure, lower: first - reach, upper: third + reach, samples, reason }
}

function explain(value: number, figure: number, first: number, third: number, samples: number): string {
  if (first === third) return `${plain(value)}, while most of the last ${samples} samples were ${plain(first)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `half of the last ${samples} samples lay between ${plain(first)} and ${plain(third)}`
  return `${plain(value)} is ${plain(Math.abs(figure))} interquartile ranges ${side} the usual (${usual}).`
}
