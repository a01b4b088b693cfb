// The time by which old history is given up.
import type { Store } from '../store/types/store.ts'

/** Setting: milliseconds since 1970. */
const KEY = 'thinned_as_of'

/**
 * The clock's time, but no more than `most` milliseconds later than at the last call: a clock that was set a year ahead
 * by mistake would have all history removed at once.
 */
export function createRetentionClock(settings: Store['settings'], now: number, most: number): number {
  const before = Number(settings.get(KEY) ?? now)
  const time = Math.min(now, before + most)
  settings.set(KEY, String(time))
  return time
}
