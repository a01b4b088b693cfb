// Saves the states that are behind, in small steps between the turns of evaluation, so that a replay after a restart is
// short.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store } from '../store/types/store.ts'
import type { WatchCache } from './watch-cache.ts'

/** Milliseconds of one step. */
const MAX_STEP = 2

interface Deps {
  store: Pick<Store, 'states' | 'transaction'>
  watchCache: Pick<WatchCache, 'size' | 'nextBehind'>
  /** Whether all that the watches know is recorded; between two parts of a batch it is not. */
  isRecorded(): boolean
}

/**
 * The result saves the states of the next part of all series, in an endless round.
 *
 * Its `share` is 0 to 1 of all series, and it stops early once `goesOn` is false.
 */
export function createStateSaving({ store, watchCache, isRecorded }: Deps) {
  /** @returns the number of series that were looked at */
  function saveStep(maxSeries: number): number {
    const end = performance.now() + MAX_STEP
    let seen = 0
    store.transaction(() => {
      for (; seen < maxSeries && performance.now() < end; seen++) store.states.save(watchCache.nextBehind())
    })
    return seen
  }

  return async (share: number, goesOn: () => boolean): Promise<void> => {
    let left = Math.ceil(watchCache.size() * share)
    while (left > 0 && goesOn()) {
      if (isRecorded()) left -= saveStep(left)
      await nextTurn()
    }
  }
}
