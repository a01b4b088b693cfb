// The watches of every series that is alive: fetched from their saved states or warmed up from the history when a sample
// comes, saved now and then, and let go of where they are too many.
import type { Transition } from '../events/transition.ts'
import type { GroupedSamples, SampleStore, StoredSample } from '../store/types/samples.ts'
import type { StateStore, SavedState } from '../store/types/states.ts'
import type { ActiveRule, ActiveRules } from './active-rules.ts'
import { isUsable, Watch, type WatchState } from './watch.ts'

export interface WatchCache {
  /** Whether the watches of a series are in memory and up to date with the rules. */
  isOpen(seriesId: number): boolean
  /** Sees to that before a sample of the series is judged, which may take as long as judging thousands. */
  open(seriesId: number, sampleId: number): void
  /**
   * The watches of a series judge its run of samples, up to an id, knowing all that came before; `tell` hears what they
   * have to say to events, rule by rule.
   */
  evaluate(
    gathering: GroupedSamples,
    run: GroupedSamples['runs'][0],
    toId: number,
    onTransition: (transition: Transition) => void,
  ): void
  /** Whether the rule of some news is still there, active, and meant for the series. */
  isWatched(transition: Transition): boolean
  /**
   * For the transaction in which they were opened: the states from which those watches started that had none saved,
   * so that a replay after a crash starts from the same ground as the live run did.
   */
  takeOpened(): SavedState[]
  /**
   * For a transaction in which all that was judged is recorded: some of the states that are so far behind that a replay
   * would take its time, and those of series that leave memory.
   */
  takeDue(): SavedState[]
  /** The states that are behind of the next series, in an endless round over all; what was given counts as saved. */
  nextBehind(): SavedState[]
  /** How many series are in memory. */
  size(): number
  /** Forgets everything in memory, after a write has failed. */
  reset(): void
  /** Forgets what is known of series whose history is another one by now, with the states that wait to be saved. */
  forgetSeries(seriesIds: ReadonlySet<number>): void
}

/** A state this many samples behind is due: replaying them takes some milliseconds, once for the series. */
const FAR_BEHIND = 4000

/** More than become due while a batch is judged, and few enough to be written within a millisecond. */
const FAR_PER_BATCH = 32

/** In one object with the watch, since there is one for every rule and series. */
class RuleWatch extends Watch {
  readonly active: ActiveRule
  readonly seriesId: number
  /** Samples judged since the state was saved. */
  behind = 0

  constructor(active: ActiveRule, seriesId: number, saved?: WatchState, savedUpTo?: number) {
    super(active.detector, active.rule, saved, savedUpTo)
    this.active = active
    this.seriesId = seriesId
  }
}

interface SeriesWatches {
  edition: number
  watches: readonly RuleWatch[]
  /** Whether none of its samples was judged since it was opened. */
  fresh: boolean
  /** Whether another batch of samples came since it was opened and since the hand of the clock went by. */
  used: boolean
}

interface Deps {
  rulebook: ActiveRules
  samples: Pick<SampleStore, 'recent' | 'get'>
  states: Pick<StateStore, 'load'>
  /** Series held in memory at most. */
  mostSeries: number
}

export function createWatchCache({ rulebook, samples, states, mostSeries }: Deps): WatchCache {
  const bySeries = new Map<number, SeriesWatches>()
  let opened: SavedState[] = []
  let leaving: SavedState[] = []
  let far: RuleWatch[] = []
  /** The sample at hand: one object, since there are very many. */
  const sample = { id: 0, time: 0, value: 0 }
  let hand = bySeries.entries()
  let round = bySeries.values()

  function open(sample: StoredSample, known: SeriesWatches | undefined): SeriesWatches {
    if (!known && bySeries.size >= mostSeries) leaving.push(...letGo())
    const history = createHistory(samples, sample)
    const watches = rulebook.matching(sample.source, sample.metricType).map((active) => {
      const kept = known?.watches.find((each) => isSame(each.active, active))
      return kept ?? openWatch(active, sample, history)
    })
    const entry = { edition: rulebook.edition(), watches, fresh: true, used: false }
    bySeries.set(sample.seriesId, entry)
    return entry
  }

  /** From its saved state and what came since; where there is none, from the newest history. */
  function openWatch(active: ActiveRule, { seriesId, id: beforeId }: StoredSample, history: History): RuleWatch {
    const { rule, detector } = active
    const saved = states.load(rule.id, seriesId)
    const state = saved?.state as WatchState | undefined
    const isGood = saved?.revision === rule.revision && state !== undefined && isUsable(state, detector)
    const watch = isGood ? new RuleWatch(active, seriesId, state, saved.lastSampleId) : new RuleWatch(active, seriesId)
    const missed = isGood
      ? samples.recent(seriesId, Number.MAX_SAFE_INTEGER, { afterId: saved.lastSampleId, beforeId })
      : history(detector.memory)
    for (const sample of missed) watch.evaluate(sample)
    watch.behind = missed.length
    if (!isGood) {
      watch.expectRecovery()
      opened.push({ ...stateOf(watch), lastSampleId: beforeId - 1 })
    }
    return watch
  }

  /**
   * The least recently used series leaves: second chance, an approximation that costs a sample one write (Corbató 1968).
   *
   * @returns its states that have to be saved
   */
  function letGo(): SavedState[] {
    for (;;) {
      const { done, value } = hand.next()
      if (done) hand = bySeries.entries()
      else if (value[1].used) value[1].used = false
      else {
        bySeries.delete(value[0])
        return behindOf(value[1].watches)
      }
    }
  }

  const isCurrent = (series: SeriesWatches | undefined) => series?.edition === rulebook.edition()

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
          if (++watch.behind % FAR_BEHIND === 0) far.push(watch)
        }
    },
    isWatched: ({ rule, sample: { source, metricType } }) => rulebook.watches(rule.id, source, metricType),
    takeOpened() {
      const taken = opened
      opened = []
      return taken
    },
    takeDue() {
      const due = far
        .splice(-FAR_PER_BATCH)
        .filter(({ behind }) => behind >= FAR_BEHIND)
        .map(stateOf)
      due.push(...leaving)
      leaving = []
      return due
    },
    nextBehind() {
      const { done, value } = round.next()
      if (done) round = bySeries.values()
      return done ? [] : behindOf(value.watches)
    },
    size: () => bySeries.size,
    reset() {
      bySeries.clear()
      opened = []
      leaving = []
      far = []
    },
    forgetSeries(seriesIds) {
      const isOther = ({ seriesId }: { seriesId: number }) => !seriesIds.has(seriesId)
      for (const seriesId of seriesIds) bySeries.delete(seriesId)
      opened = opened.filter(isOther)
      leaving = leaving.filter(isOther)
      far = far.filter(isOther)
    },
  }
}

/** The newest samples before the one at hand, so many at most, in order of id. */
type History = (limit: number) => readonly StoredSample[]

/** Read once for all rules of a series, unless one needs more of it than those before. */
function createHistory(samples: Pick<SampleStore, 'recent'>, { seriesId, id: beforeId }: StoredSample): History {
  let known: readonly StoredSample[] = []
  let most = 0
  return (limit) => {
    if (limit > most && known.length === most) known = samples.recent(seriesId, (most = limit), { beforeId })
    return known.slice(-limit)
  }
}

/** The same rule in the same revision. */
const isSame = (one: ActiveRule, other: ActiveRule) =>
  one.rule.id === other.rule.id && one.rule.revision === other.rule.revision

const behindOf = (watches: readonly RuleWatch[]): SavedState[] =>
  watches.filter(({ behind }) => behind > 0).map(stateOf)

function stateOf(watch: RuleWatch): SavedState {
  watch.behind = 0
  return {
    ruleId: watch.active.rule.id,
    seriesId: watch.seriesId,
    revision: watch.active.rule.revision,
    lastSampleId: watch.lastSampleId,
    state: watch.snapshot(),
  }
}
