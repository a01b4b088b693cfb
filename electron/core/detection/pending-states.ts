// States that wait to be saved with the next transaction of the engine: those of watches that were just opened, those far
// behind, and those of series that left memory.
import type { SavedState } from '../store/types/states.ts'
import { takeState, type RuleWatch } from './rule-watch.ts'

/** A state this many samples behind is due: replaying them takes some milliseconds, once for the series. */
export const FAR_BEHIND = 4000

/** More than become due during a batch, and few enough to be written within a millisecond. */
const MAX_FAR_PER_BATCH = 32

export interface PendingStates {
  /** The state from which a watch started that had none saved. */
  addOpened(state: SavedState): void
  /** The states of a series that leaves memory. */
  addEvicted(states: readonly SavedState[]): void
  /** A watch that is `FAR_BEHIND`, or a multiple of it. */
  addFarBehind(watch: RuleWatch): void
  takeOpened(): SavedState[]
  /** All of the evicted, and some of those far behind. */
  takeDue(): SavedState[]
  forgetSeries(seriesIds: ReadonlySet<number>): void
  reset(): void
}

export function createPendingStates(): PendingStates {
  let opened: SavedState[] = []
  let evicted: SavedState[] = []
  let farBehind: RuleWatch[] = []
  return {
    addOpened: (state) => void opened.push(state),
    addEvicted: (states) => void evicted.push(...states),
    addFarBehind: (watch) => void farBehind.push(watch),
    takeOpened() {
      const taken = opened
      opened = []
      return taken
    },
    takeDue() {
      const due = farBehind
        .splice(-MAX_FAR_PER_BATCH)
        .filter(({ behind }) => behind >= FAR_BEHIND)
        .map(takeState)
      due.push(...evicted)
      evicted = []
      return due
    },
    forgetSeries(seriesIds) {
      const isOther = ({ seriesId }: { seriesId: number }) => !seriesIds.has(seriesId)
      opened = opened.filter(isOther)
      evicted = evicted.filter(isOther)
      farBehind = farBehind.filter(isOther)
    },
    reset() {
      opened = []
      evicted = []
      farBehind = []
    },
  }
}
