// The methods that score a value by the order of the newest samples, and bear outliers among them.
import type { DetectorDefinition } from './detector.ts'
import { shouldLearnOfRuns } from './outlier-learning.ts'
import { SortedWindow } from './sorted-window.ts'
import { createFromWindow, type WindowMethod } from './window-detector.ts'
import { packed, unpacked, type WindowParams } from './window.ts'

interface Saved {
  /** Packed doubles, oldest first. */
  values: string
}

/** @returns what `DetectorDefinition.create` is for a method with this score */
export const createRobust = (
  score: WindowMethod<SortedWindow, Saved>['score'],
): DetectorDefinition<WindowParams>['create'] =>
  createFromWindow<SortedWindow, Saved>({
    restore: (size, saved) => new SortedWindow(size, saved && unpacked(saved.values)),
    save: (window) => ({ values: packed(window.toValues()) }),
    shouldLearn: shouldLearnOfRuns,
    score,
  })
