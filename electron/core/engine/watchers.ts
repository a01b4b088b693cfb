// The watches of every series that is alive, fetched from their saved state or warmed up from the history when the
// first sample comes, and saved again in the background.
import type { StateStore, SampleStore, SavedState, StoredSample } from '../store/store.ts'
import type { ActiveRule, Rulebook } from './rulebook.ts'
import { createWatch, isUsable, type Watch, type WatchState } from './watch.ts'

interface RuleWatch {
  active: ActiveRule
  seriesId: number
  watch: Watch
  /** The last sample in the state that is saved; −1 where none is saved yet. */
  savedUpTo: number
}

export interface Watchers {
  /** The watches for this sample's series, knowing all that came before this sample. */
  of(sample: StoredSample): readonly RuleWatch[]
  /**
   * Watches that have no saved state yet. Their first one is written together with their first judgement, so that a
   * replay after a crash starts from the same ground as the live run did.
   */
  takeUnsaved(): SavedState[]
  /** States that are behind their watches, one after the other; what was pulled counts as saved. */
  behind(): Generator<SavedState>
  /** Forgets everything in memory, after a write has failed. */
  forget(): void
}

interface SeriesWatches {
  edition: number
  watches: RuleWatch[]
}

interface Deps {
  rulebook: Rulebook
  samples: Pick<SampleStore, 'recent'>
  states: Pick<StateStore, 'load'>
}

export function createWatchers({ rulebook, samples, states }: Deps): Watchers {
  const bySeries = new Map<number, SeriesWatches>()
  let unsaved: RuleWatch[] = []

  const open = (active: ActiveRule, { seriesId, id: beforeId }: StoredSample): RuleWatch => {
    const saved = states.load(active.rule.id, seriesId)
    if (saved?.revision === active.rule.revision && isUsable(saved.state as WatchState, active.detector)) {
      const watch = createWatch(active.detector, saved.state as WatchState, saved.lastSampleId)
      const missed = { afterId: saved.lastSampleId, beforeId }
      for (const sample of samples.recent(seriesId, Number.MAX_SAFE_INTEGER, missed)) watch.judge(sample)
      return { active, seriesId, watch, savedUpTo: saved.lastSampleId }
    }
    const watch = createWatch(active.detector)
    for (const sample of samples.recent(seriesId, active.detector.memory, { beforeId })) watch.judge(sample)
    const opened = { active, seriesId, watch, savedUpTo: -1 }
    unsaved.push(opened)
    return opened
  }

  return {
    of(sample) {
      const known = bySeries.get(sample.seriesId)
      if (known?.edition === rulebook.edition()) return known.watches
      const watches = rulebook
        .matching(sample.source, sample.metricType)
        .map((active) => known?.watches.find((kept) => isSame(kept.active, active)) ?? open(active, sample))
      bySeries.set(sample.seriesId, { edition: rulebook.edition(), watches })
      return watches
    },
    takeUnsaved() {
      const states = unsaved.map(stateOf)
      unsaved = []
      return states
    },
    *behind() {
      for (const { watches } of bySeries.values())
        for (const each of watches) if (each.watch.lastSampleId() > each.savedUpTo) yield stateOf(each)
    },
    forget() {
      bySeries.clear()
      unsaved = []
    },
  }
}

/** The same rule in the same revision. */
const isSame = (one: ActiveRule, other: ActiveRule) =>
  one.rule.id === other.rule.id && one.rule.revision === other.rule.revision

function stateOf(each: RuleWatch): SavedState {
  each.savedUpTo = each.watch.lastSampleId()
  return {
    ruleId: each.active.rule.id,
    seriesId: each.seriesId,
    revision: each.active.rule.revision,
    lastSampleId: each.savedUpTo,
    state: each.watch.snapshot(),
  }
}
