// Opens the watch of a rule and a series: from its saved state and the samples since then, or from the newest history if
// no usable state is saved.
import type { SampleStore, StoredSample } from '../store/types/samples.ts'
import type { SavedState, StateStore } from '../store/types/states.ts'
import type { ActiveRule } from './active-rules.ts'
import { RuleWatch, takeState } from './rule-watch.ts'
import { isUsable, type WatchState } from './watch.ts'

/** The newest samples before the present one, at most this many, in the order of their ids. */
export type History = (limit: number) => readonly StoredSample[]

/** Reads the history once for all rules of a series, unless one needs more of it than those before. */
export function createHistory(samples: Pick<SampleStore, 'recent'>, { seriesId, id: beforeId }: StoredSample): History {
  let known: readonly StoredSample[] = []
  let maxRead = 0
  return (limit) => {
    if (limit > maxRead && known.length === maxRead) known = samples.recent(seriesId, (maxRead = limit), { beforeId })
    return known.slice(-limit)
  }
}

interface Deps {
  samples: Pick<SampleStore, 'recent'>
  states: Pick<StateStore, 'load'>
  /** Takes the state from which a watch starts that has none saved. */
  onOpened(initial: SavedState): void
}

/** @param sample the first that the watch will evaluate */
export function openWatch(deps: Deps, active: ActiveRule, sample: StoredSample, history: History): RuleWatch {
  const saved = deps.states.load(active.rule.id, sample.seriesId)
  const state = saved?.state as WatchState | undefined
  if (saved?.revision === active.rule.revision && state && isUsable(state, active.detector))
    return resume(deps, active, sample, state, saved.lastSampleId)
  const watch = new RuleWatch(active, sample.seriesId)
  catchUp(watch, history(active.detector.memory))
  watch.expectRecovery()
  deps.onOpened({ ...takeState(watch), lastSampleId: sample.id - 1 })
  return watch
}

function resume(
  { samples }: Deps,
  active: ActiveRule,
  { seriesId, id: beforeId }: StoredSample,
  state: WatchState,
  afterId: number,
): RuleWatch {
  const watch = new RuleWatch(active, seriesId, state, afterId)
  catchUp(watch, samples.recent(seriesId, Number.MAX_SAFE_INTEGER, { afterId, beforeId }))
  return watch
}

function catchUp(watch: RuleWatch, missed: readonly StoredSample[]): void {
  for (const sample of missed) watch.evaluate(sample)
  watch.behind = missed.length
}
