// The watch of one rule and one series, with what it takes to save its state.
import type { SavedState } from '../store/types/states.ts'
import type { ActiveRule } from './active-rules.ts'
import { Watch, type WatchState } from './watch.ts'

/** In one object with the watch, since there is one for every rule and series. */
export class RuleWatch extends Watch {
  active: ActiveRule
  readonly seriesId: number
  /** Samples evaluated since the state was saved. */
  behind = 0

  constructor(active: ActiveRule, seriesId: number, saved?: WatchState, savedUpTo?: number) {
    super(active.detector, active.rule, saved, savedUpTo)
    this.active = active
    this.seriesId = seriesId
  }

  /** Whether what it has learned holds for this rule, too: it evaluates in the same way. */
  isOf({ rule }: ActiveRule): boolean {
    return this.active.rule.id === rule.id && this.active.rule.revision === rule.revision
  }

  /** Goes on under a rule that evaluates in the same way. */
  follow(active: ActiveRule): void {
    const { resolve_seconds, resolve_samples, recovery_score } = this.active.rule
    const { rule } = active
    const recoversAlike =
      rule.resolve_seconds === resolve_seconds &&
      rule.resolve_samples === resolve_samples &&
      rule.recovery_score === recovery_score
    this.active = active
    if (!recoversAlike) this.recoverBy(active.detector, rule)
  }
}

/** The state of a watch, which counts as saved from now on. */
export function takeState(watch: RuleWatch): SavedState {
  watch.behind = 0
  return {
    ruleId: watch.active.rule.id,
    seriesId: watch.seriesId,
    revision: watch.active.rule.revision,
    lastSampleId: watch.lastSampleId,
    state: watch.snapshot(),
  }
}

/** The states of those watches that are behind; they count as saved from now on. */
export const takeStatesBehind = (watches: readonly RuleWatch[]): SavedState[] =>
  watches.filter(({ behind }) => behind > 0).map(takeState)
