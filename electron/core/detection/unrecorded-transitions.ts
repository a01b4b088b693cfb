// The transitions of the newest batch that are not recorded yet, in the order of their samples. Each turn of the event
// loop records as many as it has time for.
import type { Recorder } from '../events/recorder.ts'
import type { Transition } from '../events/transition.ts'
import type { Corroboration } from './corroboration.ts'
import type { WatchCache } from './watch-cache.ts'

/** Events written in one turn, and the milliseconds for which it may record. */
const MAX_WRITTEN = 64
const MAX_RECORD = 4

export interface UnrecordedTransitions {
  isEmpty(): boolean
  /** Replaces what is there by the transitions of a batch, in the order of their samples. */
  set(transitions: Transition[]): void
  /**
   * Inside a transaction: records those of at least one sample.
   *
   * @returns the id of the first sample that is left; undefined if none is
   */
  record(): number | undefined
  forgetSeries(seriesIds: ReadonlySet<number>): void
}

interface Deps {
  watchCache: Pick<WatchCache, 'isWatched'>
  recorder: Pick<Recorder, 'apply' | 'pending'>
  corroboration: Pick<Corroboration, 'check'>
}

export function createUnrecordedTransitions({ watchCache, recorder, corroboration }: Deps): UnrecordedTransitions {
  let transitions: Transition[] = []

  /**
   * All transitions of one sample are recorded together. Those of a rule that was switched off since are skipped:
   * nothing would resolve its event.
   */
  function recordSample(first: number): number {
    const { id } = transitions[first]!.sample
    let next = first
    for (; transitions[next]?.sample.id === id; next++)
      if (watchCache.isWatched(transitions[next]!)) recorder.apply(corroboration.check(transitions[next]!))
    return next
  }

  return {
    isEmpty: () => transitions.length === 0,
    set(all) {
      transitions = all
    },
    record() {
      const end = performance.now() + MAX_RECORD
      let next = 0
      while (next < transitions.length && recorder.pending() < MAX_WRITTEN && (next === 0 || performance.now() < end))
        next = recordSample(next)
      transitions = transitions.slice(next)
      return transitions[0]?.sample.id
    },
    forgetSeries(seriesIds) {
      transitions = transitions.filter(({ sample }) => !seriesIds.has(sample.seriesId))
    },
  }
}
