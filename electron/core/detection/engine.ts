// The engine: wakes when samples are stored, and evaluates them in the order of their ids, turn by turn of the event loop,
// with pauses in which requests are answered. Each sample is evaluated exactly once, also after a crash or a failed write.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { SECOND } from '../../../shared/domain/time.ts'
import type { Recorder } from '../events/recorder.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { noMeters, type Meters } from '../platform/meters.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import { createEvaluation } from './evaluation.ts'
import { createStateSaving } from './state-saving.ts'
import type { WatchCache } from './watch-cache.ts'

export interface Engine {
  /** Samples that are stored and wait for their evaluation. */
  waiting(): number
  /** Samples evaluated since the start. */
  evaluated(): number
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /**
   * Saves the states that are behind, in small steps, of the next part of all series in an endless round.
   *
   * @param share of all series, 0 to 1
   */
  saveStates(share: number): Promise<void>
  /** Forgets the states and the unrecorded transitions of deleted series, once their deletion is committed. */
  forget(seriesIds: readonly number[]): void
  /** Stops after the present turn and saves states for at most a second; the rest is evaluated after the next start. */
  close(): Promise<void>
}

/** Milliseconds between two turns, unless a whole batch waits; longer if so many samples wait that it soon will. */
const REST = 5
const MAX_REST = 20
const MANY = 500
const MAX_CLOSE = SECOND
const RETRY_AFTER = SECOND

interface Deps {
  store: Pick<
    Store,
    'samples' | 'series' | 'settings' | 'feedback' | 'states' | 'transaction' | 'isPaused' | 'onAppended'
  >
  watchCache: WatchCache
  recorder: Recorder
  feed: ChangeFeed
  log: Log
  meters?: Meters
}

export function createEngine({ store, watchCache, recorder, feed, log, meters = noMeters }: Deps): Engine {
  const evaluation = createEvaluation({ store, watchCache, recorder })
  const saveStates = createStateSaving({ store, watchCache, isRecorded: evaluation.isRecorded })
  const life = { ending: false }
  let lastTurn = -Infinity
  let isRunning = false
  let running = run()
  store.onAppended(wake)
  store.feedback.onAdded(wake)

  function wake(): void {
    if (!isRunning && !life.ending) running = run()
  }

  async function run(): Promise<void> {
    isRunning = true
    await rest()
    while ((evaluation.waiting() > 0 || evaluation.hasFeedback()) && !life.ending) {
      try {
        turn()
        await rest()
      } catch (error) {
        log.error({ err: error }, 'evaluation failed; going on from the watermark')
        evaluation.reset()
        await pause(RETRY_AFTER, undefined, { ref: false })
      }
    }
    isRunning = false
  }

  /** Requests that came meanwhile are answered first, and a larger batch is worth a wait of some milliseconds. */
  async function rest(): Promise<void> {
    while (isWorthWaiting()) await pause(1)
    do await nextTurn()
    while (store.isPaused())
  }

  function isWorthWaiting(): boolean {
    if (evaluation.isStepFull()) return false
    return performance.now() - lastTurn < (evaluation.waiting() > MANY ? MAX_REST : REST)
  }

  function turn(): void {
    lastTurn = performance.now()
    feed.publish(evaluation.step())
    meters.evaluated(performance.now() - lastTurn)
  }

  return {
    waiting: evaluation.waiting,
    evaluated: evaluation.evaluated,
    idle: () => running,
    saveStates: (share) => saveStates(share, () => !life.ending),
    forget: (seriesIds) => evaluation.forgetSeries(new Set(seriesIds)),
    async close() {
      life.ending = true
      await running
      const end = performance.now() + MAX_CLOSE
      if (evaluation.isRecorded()) await saveStates(1, () => performance.now() < end)
    },
  }
}
