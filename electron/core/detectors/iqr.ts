// IQR: how far a value lies outside the quartiles of the newest samples, counted in interquartile ranges.
import { plain } from '../../../shared/plain.ts'
import { CautionInRuns } from './caution.ts'
import {
  AS_USUAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, inUnitsOf, matters, packed, unpacked, windowParams, windowSize, type WindowParams } from './window.ts'

interface State {
  /** Packed doubles, oldest first. */
  values: string
  flagged: number
}

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
  create: (settings, state) => new Iqr(settings, state as State | undefined),
}

class Iqr implements Detector {
  private readonly settings: Settings<WindowParams>
  private readonly values: SortedWindow
  private readonly caution: CautionInRuns

  constructor(settings: Settings<WindowParams>, saved?: State) {
    this.settings = settings
    this.values = new SortedWindow(windowSize(settings), saved && unpacked(saved.values))
    this.caution = new CautionInRuns(saved?.flagged)
  }

  score(observation: Observation): Verdict {
    const { settings, values } = this
    const value = bounded(observation.value)
    if (values.size < settings.min_samples) return insufficientData(values.size)
    const first = values.quantile(0.25)
    const median = values.quantile(0.5)
    const third = values.quantile(0.75)
    const width = third - first || QUARTILES_APART * values.spread(median)
    const outside = value > third ? value - third : Math.min(0, value - first)
    const figure = inUnitsOf(width, outside, median)
    const reach = settings.iqr_factor * width
    const score = matters(value, median, settings.params.min_change)
      ? scoreOf(Math.abs(figure) / settings.iqr_factor)
      : 0
    const reason = score < 0.5 ? AS_USUAL : explain(value, figure, first, third, values.size)
    return { score, figure, lower: first - reach, upper: third + reach, samples: values.size, reason }
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (this.caution.admits(verdict)) this.values.push(bounded(value))
  }

  state(): State {
    return { values: packed(this.values.toValues()), flagged: this.caution.flagged }
  }
}

function explain(value: number, figure: number, first: number, third: number, samples: number): string {
  if (first === third) return `${plain(value)}, while most of the last ${samples} samples were ${plain(first)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `half of the last ${samples} samples lay between ${plain(first)} and ${plain(third)}`
  return `${plain(value)} is ${plain(Math.abs(figure))} interquartile ranges ${side} the usual (${usual}).`
}
