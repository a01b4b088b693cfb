// The newest event of one rule and series in memory, as a backtest needs it.
import { isLive } from '../../../shared/domain/event-status.ts'
import { endedAt } from './endings.ts'
import { changesOf, initialState, isOnOtherSide, mayRaise, type EventState } from './lifecycle.ts'
import type { EvaluatedSample, Timing, Transition } from './transition.ts'

/** `apply` says whether the transition raises one. */
export function createEventTracker() {
  let newest: EventState | undefined
  return {
    newest: () => newest,
    apply(transition: Transition<Timing, EvaluatedSample>): boolean {
      const isCrossing = newest !== undefined && isLive(newest) && isOnOtherSide(newest, transition)
      if (newest && isLive(newest) && !isCrossing) {
        Object.assign(newest, changesOf(newest, transition))
        return false
      }
      if (!mayRaise(transition, isCrossing ? undefined : newest)) return false
      if (newest && isCrossing) Object.assign(newest, endedAt(transition.sample))
      newest = initialState(transition, newest)
      return true
    },
  }
}
