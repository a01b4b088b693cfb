// The watches of every series that is alive: fetched from their saved states or warmed up from the history when a sample
// comes, saved now and then, and let go of where they are too many.
import type { Anomaly } from '../events/lifecycle.ts'
import type { StateStore, SampleStore, SavedState, StoredSample } from '../store/store.ts'
import type { ActiveRule, Rulebook } from './rulebook.ts'
import { isUsable, Watch, type WatchState } from './watch.ts'

export interface Watchers {
  /**
   * Inside a transaction: the watches of the sample's series judge it, knowing all that came before it, and `flag`
   * hears of each rule that flags it.
   *
   * @returns whether that was quick, as it is unless watches were opened or something was flagged
   */
  judge(sample: StoredSample, flag: (anomaly: Anomaly) => void): boolean
  /** Watches opened since the last `takeDue` that have no saved state yet. */
  pending(): number
  /**
   * Inside the same transaction: the states that go with what was judged. Those of watches that have none yet, so that
   * a replay after a crash starts from the same ground as the live run did; and some of those that are so far behind
   * that a replay would take its time.
   */
  takeDue(): SavedState[]
  /** The states that are behind of the next series, in an endless round over all; what was given counts as saved. */
  nextBehind(): SavedState[]
  /** How many series are in memory. */
  size(): number
  /** Forgets everything in memory, after a write has failed. */
  forget(): void
}

/** A state this many samples behind is due: replaying them takes a millisecond or so, once for the series. */
const FAR_BEHIND = 1000

/** More than become due while a chunk is judged, and few enough to be written within half a millisecond. */
const FAR_PER_CHUNK = 16

interface RuleWatch {
  active: ActiveRule
  seriesId: number
  watch: Watch
  /** Samples judged since the state was saved. */
  behind: number
}

interface SeriesWatches {
  edition: number
  watches: readonly RuleWatch[]
  /** Whether another sample came since it was opened and since the hand of the clock went by. */
  used: boolean
}

interface Deps {
  rulebook: Rulebook
  samples: Pick<SampleStore, 'recent'>
  states: Pick<StateStore, 'load' | 'save'>
  /** Series held in memory at most. */
  mostSeries: number
}

export function createWatchers({ rulebook, samples, states, mostSeries }: Deps): Watchers {
  const bySeries = new Map<number, SeriesWatches>()
  let fresh: RuleWatch[] = []
  let far: RuleWatch[] = []
  let hand = bySeries.entries()
  let round = bySeries.values()

  function open(sample: StoredSample, known: SeriesWatches | undefined): SeriesWatches {
    if (!known && bySeries.size >= mostSeries) letGo()
    const opened: RuleWatch[] = []
    const watches = rulebook.matching(sample.source, sample.metricType).map((active) => {
      const kept = known?.watches.find((each) => isSame(each.active, active))
      if (kept) return kept
      const each = { active, seriesId: sample.seriesId, watch: restored(active, sample.seriesId), behind: 0 }
      opened.push(each)
      return each
    })
    catchUp(opened, sample)
    const entry = { edition: rulebook.edition(), watches, used: false }
    bySeries.set(sample.seriesId, entry)
    return entry
  }

  function restored({ rule, detector }: ActiveRule, seriesId: number): Watch {
    const saved = states.load(rule.id, seriesId)
    return saved?.revision === rule.revision && isUsable(saved.state as WatchState, detector)
      ? new Watch(detector, saved.state as WatchState, saved.lastSampleId)
      : new Watch(detector)
  }

  /** Lets the watches learn what came since their states were saved; those without one learn from the newest history. */
  function catchUp(opened: readonly RuleWatch[], { seriesId, id: beforeId }: StoredSample): void {
    const resumed = opened.filter(({ watch }) => watch.lastSampleId > 0)
    const blank = opened.filter(({ watch }) => watch.lastSampleId === 0)
    if (resumed.length > 0) {
      const afterId = Math.min(...resumed.map(({ watch }) => watch.lastSampleId))
      const missed = samples.recent(seriesId, Number.MAX_SAFE_INTEGER, { afterId, beforeId })
      for (const each of resumed) learn(each, missed)
    }
    if (blank.length > 0) {
      const history = samples.recent(seriesId, Math.max(...blank.map(memoryOf)), { beforeId })
      for (const each of blank) learn(each, history.slice(-memoryOf(each)))
      fresh.push(...blank)
    }
  }

  /**
   * The least recently used series leaves, its states saved: second chance, an approximation that costs a sample one
   * write (Corbató 1968). Within the transaction of what is judged, so that a state never holds an unjudged sample.
   */
  function letGo(): void {
    for (;;) {
      const { done, value } = hand.next()
      if (done) hand = bySeries.entries()
      else if (value[1].used) value[1].used = false
      else {
        bySeries.delete(value[0])
        states.save(behindOf(value[1].watches))
        return
      }
    }
  }

  return {
    judge(sample, flag) {
      let series = bySeries.get(sample.seriesId)
      let quick = series?.edition === rulebook.edition()
      if (!series || !quick) series = open(sample, series)
      else series.used = true
      for (const each of series.watches) {
        const verdict = each.watch.judge(sample)
        const { streak } = each.watch
        if (streak) {
          quick = false
          flag({ rule: each.active.rule, sample, verdict, streak })
        }
        if (++each.behind % FAR_BEHIND === 0) far.push(each)
      }
      return quick
    },
    pending: () => fresh.length,
    takeDue() {
      const due = behindOf(fresh)
      fresh = []
      const next = far.splice(-FAR_PER_CHUNK).filter(({ behind }) => behind >= FAR_BEHIND)
      return next.length > 0 ? [...due, ...next.map(stateOf)] : due
    },
    nextBehind() {
      const { done, value } = round.next()
      if (done) round = bySeries.values()
      return done ? [] : behindOf(value.watches)
    },
    size: () => bySeries.size,
    forget() {
      bySeries.clear()
      fresh = []
      far = []
    },
  }
}

/** The same rule in the same revision. */
const isSame = (one: ActiveRule, other: ActiveRule) =>
  one.rule.id === other.rule.id && one.rule.revision === other.rule.revision

const memoryOf = ({ active }: RuleWatch) => active.detector.memory

function learn(each: RuleWatch, samples: readonly StoredSample[]): void {
  const {
    watch,
    watch: { lastSampleId },
  } = each
  for (const sample of samples) {
    if (sample.id <= lastSampleId) continue
    watch.judge(sample)
    each.behind++
  }
}

const behindOf = (watches: readonly RuleWatch[]): SavedState[] =>
  watches.filter(({ behind }) => behind > 0).map(stateOf)

function stateOf(each: RuleWatch): SavedState {
  each.behind = 0
  return {
    ruleId: each.active.rule.id,
    seriesId: each.seriesId,
    revision: each.active.rule.revision,
    lastSampleId: each.watch.lastSampleId,
    state: each.watch.snapshot(),
  }
}
