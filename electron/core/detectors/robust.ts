// The detectors that judge a value by the order of the newest samples: they differ in how they judge alone.
import { admitsOfRuns } from './caution.ts'
import { insufficientData, type Detector, type Observation, type Settings, type Verdict } from './detector.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, packed, unpacked, windowSize, type WindowParams } from './window.ts'

/** The window holds as many samples as the rule wants to see first, or more. */
export type Judge = (value: number, window: SortedWindow, settings: Settings<WindowParams>) => Verdict

interface State {
  /** Packed doubles, oldest first. */
  values: string
  flagged: number
}

export const createRobust = (judge: Judge, settings: Settings<WindowParams>, state?: unknown): Detector =>
  new Robust(judge, settings, state as State | undefined)

class Robust implements Detector {
  private readonly judge: Judge
  private readonly settings: Settings<WindowParams>
  private readonly window: SortedWindow
  flagged: number

  constructor(judge: Judge, settings: Settings<WindowParams>, saved?: State) {
    this.judge = judge
    this.settings = settings
    this.window = new SortedWindow(windowSize(settings), saved && unpacked(saved.values))
    this.flagged = saved?.flagged ?? 0
  }

  score({ value }: Observation): Verdict {
    const { judge, window, settings } = this
    return window.size < settings.min_samples ? insufficientData(window.size) : judge(bounded(value), window, settings)
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (admitsOfRuns(this, verdict)) this.window.push(bounded(value))
  }

  state(): State {
    return { values: packed(this.window.toValues()), flagged: this.flagged }
  }
}
