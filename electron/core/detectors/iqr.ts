// IQR: how far a value lies outside the quartiles of the newest samples, counted in interquartile ranges.
import { textsFor } from '../../../shared/texts/texts.ts'
import { verdictIn } from './band.ts'
import type { DetectorDefinition, Settings, Verdict } from './detector.ts'
import { createRobust } from './robust.ts'
import type { SortedWindow } from './sorted-window.ts'
import { inUnitsOf, windowParams, windowSize, type WindowParams } from './window.ts'

const texts = textsFor()

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
  create: createRobust(score),
}

function score(value: number, window: SortedWindow, { iqr_factor: line, params }: Settings<WindowParams>): Verdict {
  const first = window.quantile(0.25)
  const median = window.quantile(0.5)
  const third = window.quantile(0.75)
  const width = third - first || QUARTILES_APART * window.spread(median)
  const outside = value > third ? value - third : Math.min(0, value - first)
  const figure = inUnitsOf(width, outside, median)
  const reach = line * width
  const samples = window.size
  const band = { level: median, figure, line, lower: first - reach, upper: third + reach, samples }
  return verdictIn(band, value, params.min_change, () => explain(value, figure, first, third, samples))
}

function explain(value: number, figure: number, first: number, third: number, samples: number): string {
  return first === third
    ? texts.mostlyFlat({ value, samples, level: first })
    : texts.iqr({ value, figure, first, third, samples })
}
