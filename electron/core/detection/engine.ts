// The engine: takes stored samples in the order of their ids, has each judged by the rules of its series, and records
// what that means for events together with the mark of what is judged. A sample is judged exactly once, whatever happens
// between.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Transition } from '../events/transition.ts'
import type { Recorder } from '../events/recorder.ts'
import { noMeters, type Meters } from '../platform/meters.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import type { WatchCache } from './watch-cache.ts'

export interface Engine {
  /** Samples that are stored and wait for their judgement. */
  waiting(): number
  /** Samples judged since the start. */
  evaluated(): number
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /**
   * Writes the states that are behind, in small steps, of the next part of all series in an endless round.
   *
   * @param share of all series, 0 to 1
   */
  saveStates(share: number): Promise<void>
  /** Forgets what it knows and was about to say of series that are no more, once that is committed. */
  forget(seriesIds: readonly number[]): void
  /** Stops after the batch at hand and saves states for a second at most; what waits is judged after the next start. */
  close(): Promise<void>
}

/**
 * Samples judged at once. A batch is judged series by series, and what is known of a series is kilobytes that must come
 * into the processor's cache each time, so large batches cost half; their size follows from how long the last one took.
 */
const MIN_BATCH = 256
const MAX_BATCH = 8192
const BATCH_MS = 8
/** Milliseconds between two turns, unless a whole batch waits; longer where so many wait that it soon will. */
const REST = 5
const MAX_REST = 20
const MANY = 500
/** Milliseconds in one turn for opening series, which may learn weeks of history. */
const MAX_OPENING = 10
/** Events written in one turn, and how long it may record (milliseconds). */
const MAX_WRITTEN = 64
const MAX_RECORD = 4
const MAX_STEP = 2
const MAX_CLOSE = 1000
const RETRY_AFTER = 1000

interface Deps {
  store: Pick<Store, 'samples' | 'states' | 'transaction' | 'isPaused' | 'onAppended'>
  watchers: WatchCache
  recorder: Recorder
  feed: ChangeFeed
  log: Log
  meters?: Meters
}

export function createEngine({ store, watchers, recorder, feed, log, meters = noMeters }: Deps): Engine {
  /** All samples up to this id are judged, and what that led to is on disk. */
  let watermark = store.states.evaluatedUpTo()
  /** All samples up to this id are judged in memory; `news` says what came of those after the mark, in their order. */
  let evaluatedUpTo = watermark
  let transitions: Transition[] = []
  let batch = MIN_BATCH
  let lastTurn = -Infinity
  let evaluated = 0
  const life = { ending: false }
  let isRunning = false
  let running = run()
  store.onAppended(wake)

  function wake(): void {
    if (!isRunning && !life.ending) running = run()
  }

  function waiting(): number {
    return store.samples.newestId() - watermark
  }

  async function run(): Promise<void> {
    isRunning = true
    await rest()
    while (waiting() > 0 && !life.ending) {
      try {
        turn()
        await rest()
      } catch (error) {
        log.error({ err: error }, 'judging failed; going on from the last mark')
        watchers.reset()
        recorder.reset()
        transitions = []
        evaluated -= evaluatedUpTo - watermark
        evaluatedUpTo = watermark
        await pause(RETRY_AFTER, undefined, { ref: false })
      }
    }
    isRunning = false
  }

  /** What was posted meanwhile is answered first, and a batch is worth waiting for some milliseconds. */
  async function rest(): Promise<void> {
    while (isWorthWaiting()) await pause(1)
    do await nextTurn()
    while (store.isPaused())
  }

  function isWorthWaiting(): boolean {
    if (transitions.length > 0 || waiting() >= batch) return false
    return performance.now() - lastTurn < (waiting() > MANY ? MAX_REST : REST)
  }

  /** All in one turn of the event loop: what was judged, and as much of what that led to as may be written at once. */
  function turn(): void {
    const begun = (lastTurn = performance.now())
    const changes = store.transaction(() => {
      if (transitions.length === 0) evaluateBatch()
      const newMark = record()
      if (newMark === evaluatedUpTo) store.states.save(watchers.takeDue())
      store.states.setEvaluatedUpTo(newMark)
      return { newMark, told: recorder.flush() }
    })
    watermark = changes.newMark
    feed.publish(changes.told)
    meters.evaluated(performance.now() - begun)
  }

  function evaluateBatch(): void {
    const begun = performance.now()
    const from = evaluatedUpTo + 1
    let to = Math.min(evaluatedUpTo + batch, store.samples.newestId())
    const gathering = store.samples.groupBySeries(from, to)
    const { ids, runs } = gathering
    for (const [index, { seriesId, start }] of runs.entries()) {
      if (watchers.isOpen(seriesId)) continue
      if (index === 0 || performance.now() - begun < MAX_OPENING) watchers.open(seriesId, ids[start]!)
      else {
        // The batch ends before the first series for which no time is left.
        to = ids[start]! - 1
        runs.length = index
      }
    }
    const found: Transition[] = []
    for (const run of runs) watchers.evaluate(gathering, run, to, (each) => found.push(each))
    store.states.save(watchers.takeOpened())
    transitions = found.toSorted((one, other) => one.sample.id - other.sample.id)
    evaluated += to - evaluatedUpTo
    evaluatedUpTo = to
    batch = batchAfter(to - from + 1, performance.now() - begun)
  }

  /** The next batch: as large as the last one would have had to be, and at most twice as large as it might have been. */
  function batchAfter(samples: number, took: number): number {
    const fitting = Math.min((samples * BATCH_MS) / took, 2 * batch)
    return Math.round(Math.max(MIN_BATCH, Math.min(MAX_BATCH, fitting)))
  }

  /** @returns the new mark: nothing up to it is left to be recorded */
  function record(): number {
    const end = performance.now() + MAX_RECORD
    let next = 0
    while (next < transitions.length && recorder.pending() < MAX_WRITTEN && (next === 0 || performance.now() < end))
      next = recordSample(next)
    transitions = transitions.slice(next)
    return transitions.length === 0 ? evaluatedUpTo : transitions[0]!.sample.id - 1
  }

  /**
   * Whatever several rules say of one sample is recorded together. A rule that was switched off since then has no say:
   * nobody would end its event.
   */
  function recordSample(first: number): number {
    const { id } = transitions[first]!.sample
    let next = first
    for (; transitions[next]?.sample.id === id; next++)
      if (watchers.isWatched(transitions[next]!)) recorder.apply(transitions[next]!)
    return next
  }

  async function saveBehind(share: number, goesOn: () => boolean): Promise<void> {
    let left = Math.ceil(watchers.size() * share)
    while (left > 0 && goesOn()) {
      // Between two parts of a batch the watches know samples that are not recorded yet.
      if (transitions.length === 0) left -= saveStep(left)
      await nextTurn()
    }
  }

  /** @returns the number of series that were looked at */
  function saveStep(most: number): number {
    const end = performance.now() + MAX_STEP
    let seen = 0
    store.transaction(() => {
      for (; seen < most && performance.now() < end; seen++) store.states.save(watchers.nextBehind())
    })
    return seen
  }

  return {
    waiting,
    evaluated: () => evaluated,
    idle: () => running,
    saveStates: (share) => saveBehind(share, () => !life.ending),
    forget(seriesIds) {
      const gone = new Set(seriesIds)
      watchers.forgetSeries(gone)
      transitions = transitions.filter(({ sample }) => !gone.has(sample.seriesId))
    },
    async close() {
      life.ending = true
      await running
      const end = performance.now() + MAX_CLOSE
      if (transitions.length === 0) await saveBehind(1, () => performance.now() < end)
    },
  }
}
