// The watches of every live series: opened when a sample of the series comes, saved now and then, and evicted if there are
// too many.
import type { Transition } from '../events/transition.ts'
import type { GroupedSamples, SampleStore, StoredSample } from '../store/types/samples.ts'
import type { SeriesFeedback } from '../store/types/feedback.ts'
import type { StateStore, SavedState } from '../store/types/states.ts'
import type { ActiveRules } from './active-rules.ts'
import { createHistory, openWatch } from './open-watch.ts'
import { createPendingStates, FAR_BEHIND } from './pending-states.ts'
import { createSeriesCache } from './series-cache.ts'
import { takeState, takeStatesBehind, type RuleWatch } from './rule-watch.ts'

export interface WatchCache {
  /** Whether the watches of a series are in memory and up to date with the rules. */
  isOpen(seriesId: number): boolean
  /** Opens them before this sample of the series is evaluated, which may take as long as evaluating thousands. */
  open(seriesId: number, sampleId: number): void
  /**
   * The watches of a series evaluate its run of samples, up to an id, knowing all samples before. Their transitions come
   * rule by rule.
   */
  evaluate(
    grouped: GroupedSamples,
    run: GroupedSamples['runs'][0],
    toId: number,
    onTransition: (transition: Transition) => void,
  ): void
  /**
   * For a transaction in which all transitions up to `beforeId` are recorded: applies a person's
   * feedback to the watch of a rule and a series.
   *
   * @returns states to be saved with it, so that a replay goes on from there
   */
  applyFeedback(feedback: SeriesFeedback, beforeId: number): SavedState[]
  /** Whether the rule of a transition still exists, is active, and matches the series. */
  isWatched(transition: Transition): boolean
  /**
   * For the transaction in which they were opened: the states from which those watches started that had none saved,
   * so that a replay after a crash starts from the same state as the live run did.
   */
  takeOpened(): SavedState[]
  /**
   * For a transaction in which all transitions are recorded: some of the states that are so far behind that a replay
   * would take its time, and those of series that leave memory.
   */
  takeDue(): SavedState[]
  /** The states that are behind of the next series, in an endless round over all; they count as saved from now on. */
  nextBehind(): SavedState[]
  /** How many series are in memory. */
  size(): number
  /** Forgets everything in memory, after a write has failed. */
  reset(): void
  /** Forgets the watches and pending states of series whose history was changed or deleted. */
  forgetSeries(seriesIds: ReadonlySet<number>): void
}

interface SeriesWatches {
  edition: number
  watches: readonly RuleWatch[]
  /** Whether none of its samples was evaluated since it was opened. */
  fresh: boolean
  /** Whether another batch of samples came since it was opened and since the last pass of the eviction. */
  used: boolean
}

interface Deps {
  activeRules: ActiveRules
  samples: Pick<SampleStore, 'recent' | 'get'>
  states: Pick<StateStore, 'load'>
  /** Series held in memory. */
  maxSeries: number
}

export function createWatchCache({ activeRules, samples, states, maxSeries }: Deps): WatchCache {
  const bySeries = createSeriesCache<SeriesWatches>()
  const pending = createPendingStates()
  const opening = { samples, states, onOpened: pending.addOpened }
  /** The present sample: one object, since there are very many. */
  const sample = { id: 0, time: 0, value: 0 }

  function open(sample: StoredSample, known: SeriesWatches | undefined): SeriesWatches {
    if (!known && bySeries.size() >= maxSeries) pending.addEvicted(takeStatesBehind(bySeries.evict().watches))
    const history = createHistory(samples, sample)
    const watches = activeRules.matching(sample.source, sample.metricType).map((active) => {
      const kept = known?.watches.find((each) => each.isOf(active))
      kept?.follow(active)
      return kept ?? openWatch(opening, active, sample, history)
    })
    const entry = { edition: activeRules.edition(), watches, fresh: true, used: false }
    bySeries.set(sample.seriesId, entry)
    return entry
  }

  const isCurrent = (series: SeriesWatches | undefined) => series?.edition === activeRules.edition()

  return {
    isOpen: (seriesId) => isCurrent(bySeries.get(seriesId)),
    open(seriesId, sampleId) {
      const known = bySeries.get(seriesId)
      if (!isCurrent(known)) open(samples.get(sampleId)!, known)
    },
    evaluate({ ids, times, values }, { seriesId, start, end }, toId, onTransition) {
      let series = bySeries.get(seriesId)
      if (!series || !isCurrent(series)) series = open(samples.get(ids[start]!)!, series)
      series.used = !series.fresh
      series.fresh = false
      for (const watch of series.watches)
        for (let i = start; i < end && ids[i]! <= toId; i++) {
          sample.id = ids[i]!
          sample.time = times[i]!
          sample.value = values[i]!
          const verdict = watch.evaluate(sample)
          const { transitionKind: kind } = watch
          if (kind) onTransition(watch.transitionOf(kind, watch.active.rule, samples.get(sample.id)!, verdict))
          if (++watch.behind % FAR_BEHIND === 0) pending.addFarBehind(watch)
        }
    },
    applyFeedback({ ruleId, seriesId, kind }, beforeId) {
      let series = bySeries.get(seriesId)
      if (!series || !isCurrent(series)) {
        const [newest] = samples.recent(seriesId, 1, { beforeId })
        if (!newest) return []
        series = open({ ...newest, id: beforeId }, series)
      }
      const watch = series.watches.find(({ active }) => active.rule.id === ruleId)
      if (!watch) return []
      watch.applyFeedback(kind)
      // What waits is older than this state, and must not be saved over it later.
      return [...pending.takeOpened(), ...pending.takeDue(), takeState(watch)]
    },
    isWatched: ({ rule, sample: { source, metricType } }) => activeRules.watches(rule.id, source, metricType),
    takeOpened: pending.takeOpened,
    takeDue: pending.takeDue,
    nextBehind: () => takeStatesBehind(bySeries.next()?.watches ?? []),
    size: bySeries.size,
    reset() {
      bySeries.clear()
      pending.reset()
    },
    forgetSeries(seriesIds) {
      for (const seriesId of seriesIds) bySeries.delete(seriesId)
      pending.forgetSeries(seriesIds)
    },
  }
}
