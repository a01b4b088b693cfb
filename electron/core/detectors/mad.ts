// MAD: how many robust standard deviations a value lies from the median of the newest samples.
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

/** The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993). */
export const mad: DetectorDefinition<WindowParams> = {
  method: 'MAD',
  summary: 'Far from the median, counted in robust standard deviations. Outliers neither hide others nor themselves.',
  uses: ['z_threshold', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: (settings, state) => new Mad(settings, state as State | undefined),
}

class Mad implements Detector {
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
    const samples = values.size
    if (samples < settings.min_samples) return insufficientData(samples)
    const median = values.quantile(0.5)
    const spread = values.spread(median)
    const figure = inUnitsOf(spread, value - median, median)
    const reach = settings.z_threshold * spread
    const score = matters(value, median, settings.params.min_change)
      ? scoreOf(Math.abs(figure) / settings.z_threshold)
      : 0
    const reason = score < 0.5 ? AS_USUAL : explain(value, figure, median, spread, samples)
    return { score, figure, lower: median - reach, upper: median + reach, samples, reason }
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (this.caution.admits(verdict)) this.values.push(bounded(value))
  }

  state(): State {
    return { values: packed(this.values.toValues()), flagged: this.caution.flagged }
  }
}

function explain(value: number, figure: number, median: number, spread: number, samples: number): string {
  if (spread === 0) return `${plain(value)}, while nearly all of the last ${samples} samples were ${plain(median)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `usually ${plain(median)} ± ${plain(spread)} over the last ${samples} samples`
  return `${plain(value)} is ${plain(Math.abs(figure))} robust standard deviations ${side} the median (${usual}).`
}
