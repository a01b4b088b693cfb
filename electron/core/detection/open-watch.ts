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

/** Of more samples, the newest history says as much as the state before them. Replaying them takes a tenth of a second. */
const MAX_REPLAYED = 20_000

interface Deps {
  samples: Pick<SampleStore, 'recent'>
  states: Pick<StateStore, 'load'>
  /** Takes the state from which a watch starts that has none saved. */
  onOpened(initial: SavedState): void
}

/** @param sample the first that the watch will evaluate */
export function openWatch(deps: Deps, active: ActiveRule, sample: StoredSample, history: History): RuleWatch {
  const saved = deps.states.load(active.rule.id, sample.seriesId)
  const resumed = saved?.revision === active.rule.revision ? resume(deps, active, sample, saved) : undefined
  if (resumed) return resumed
  const watch = new RuleWatch(active, sample.seriesId)
  catchUp(watch, history(active.detector.memory))
  watch.expectRecovery()
  deps.onOpened({ ...takeState(watch), lastSampleId: sample.id - 1 })
  return watch
}

/** Undefined if the state is of another version, or of a rule that did not watch this series for very long. */
function resume(
  { samples }: Deps,
  active: ActiveRule,
  { seriesId, id: beforeId }: StoredSample,
  { state, lastSampleId: afterId }: SavedState,
): RuleWatch | undefined {
  if (!state || !isUsable(state as WatchState, active.detector)) return undefined
  const most = Math.max(MAX_REPLAYED, active.detector.memory)
  const missed = samples.recent(seriesId, most + 1, { afterId, beforeId })
  if (missed.length > most) return undefined
  const watch = new RuleWatch(active, seriesId, state as WatchState, afterId)
  catchUp(watch, missed)
  return watch
}

function catchUp(watch: RuleWatch, missed: readonly StoredSample[]): void {
  for (const sample of missed) watch.evaluate(sample)
  watch.behind = missed.length
}
