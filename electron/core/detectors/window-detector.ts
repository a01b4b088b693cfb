// The detectors that score a value against the newest samples. They differ in what they keep of them and how they score.
import { insufficientData, type Detector, type Observation, type Settings, type Verdict } from './detector.ts'
import type { shouldLearn } from './outlier-learning.ts'
import { bounded, windowSize, type Ring, type WindowParams } from './window.ts'

/** The newest samples, and what else a method keeps of them. */
type LearnedWindow = Pick<Ring, 'size' | 'push'>

export interface WindowMethod<Window extends LearnedWindow, Saved extends object> {
  restore(size: number, saved?: Saved): Window
  /** Plain JSON, from which `restore` makes the same window. */
  save(window: Window): Saved
  shouldLearn: typeof shouldLearn
  /** The window holds as many samples as the rule wants to see first, or more. */
  score(value: number, window: Window, settings: Settings<WindowParams>): Verdict
}

/** @returns what `DetectorDefinition.create` is for the method */
export function createFromWindow<Window extends LearnedWindow, Saved extends object>(
  method: WindowMethod<Window, Saved>,
): (settings: Settings<WindowParams>, state?: unknown) => Detector {
  return (settings, state) => new WindowDetector(method, settings, state as State<Saved> | undefined)
}

type State<Saved> = Saved & { flagged: number }

class WindowDetector<Window extends LearnedWindow, Saved extends object> implements Detector {
  private readonly method: WindowMethod<Window, Saved>
  private readonly settings: Settings<WindowParams>
  private readonly window: Window
  flagged: number

  constructor(method: WindowMethod<Window, Saved>, settings: Settings<WindowParams>, saved?: State<Saved>) {
    this.method = method
    this.settings = settings
    this.window = method.restore(windowSize(settings), saved)
    this.flagged = saved?.flagged ?? 0
  }

  score({ value }: Observation): Verdict {
    const { method, window, settings } = this
    return window.size < settings.min_samples
      ? insufficientData(window.size)
      : method.score(bounded(value), window, settings)
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (this.method.shouldLearn(this, verdict)) this.window.push(bounded(value))
  }

  state(): State<Saved> {
    return { ...this.method.save(this.window), flagged: this.flagged }
  }
}
