// The detectors that score a value by the order of the newest samples: they differ in how they score alone.
import { shouldLearnOfRuns } from './outlier-learning.ts'
import { insufficientData, type Detector, type Observation, type Settings, type Verdict } from './detector.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, packed, unpacked, windowSize, type WindowParams } from './window.ts'

/** The window holds as many samples as the rule wants to see first, or more. */
export type ScoreWindow = (value: number, window: SortedWindow, settings: Settings<WindowParams>) => Verdict

interface State {
  /** Packed doubles, oldest first. */
  values: string
  flagged: number
}

export const createRobust = (scoreWindow: ScoreWindow, settings: Settings<WindowParams>, state?: unknown): Detector =>
  new Robust(scoreWindow, settings, state as State | undefined)

class Robust implements Detector {
  private readonly scoreWindow: ScoreWindow
  private readonly settings: Settings<WindowParams>
  private readonly window: SortedWindow
  flagged: number

  constructor(scoreWindow: ScoreWindow, settings: Settings<WindowParams>, saved?: State) {
    this.scoreWindow = scoreWindow
    this.settings = settings
    this.window = new SortedWindow(windowSize(settings), saved && unpacked(saved.values))
    this.flagged = saved?.flagged ?? 0
  }

  score({ value }: Observation): Verdict {
    const { scoreWindow, window, settings } = this
    return window.size < settings.min_samples
      ? insufficientData(window.size)
      : scoreWindow(bounded(value), window, settings)
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (shouldLearnOfRuns(this, verdict)) this.window.push(bounded(value))
  }

  state(): State {
    return { values: packed(this.window.toValues()), flagged: this.flagged }
  }
}
