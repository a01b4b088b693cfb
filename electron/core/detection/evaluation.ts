// The evaluation of stored samples, one step per turn of the event loop. A step evaluates a batch or records what is left
// of the last one, and moves the watermark, all in one transaction: after a crash, evaluation goes on from the watermark
// and raises nothing twice.
import type { Change } from '../../../shared/schemas/change.ts'
import type { Recorder } from '../events/recorder.ts'
import type { Store } from '../store/types/store.ts'
import { MIN_BATCH, nextBatchSize } from './batch-size.ts'
import { createCorroboration } from './corroboration.ts'
import { evaluateBatch } from './evaluate-batch.ts'
import { createUnrecordedTransitions } from './unrecorded-transitions.ts'
import type { WatchCache } from './watch-cache.ts'

/** Feedback that is applied in one step: a series may have to be opened for it. */
const MAX_HEARD = 8

export interface Evaluation {
  /** Samples above the watermark. */
  waiting(): number
  /** Whether there is feedback that no watch has applied yet. */
  hasFeedback(): boolean
  /** Samples evaluated since the start. */
  evaluated(): number
  /** Whether all transitions of the evaluated samples are recorded. */
  isRecorded(): boolean
  /** Whether the next step has as much to do as it may do. */
  isStepFull(): boolean
  /** @returns the changes to publish, which are committed */
  step(): Change[]
  /** Goes back to the watermark, after a step has failed. */
  reset(): void
  forgetSeries(seriesIds: ReadonlySet<number>): void
}

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'settings' | 'feedback' | 'states' | 'transaction'>
  watchCache: WatchCache
  recorder: Recorder
}

export function createEvaluation({ store, watchCache, recorder }: Deps): Evaluation {
  /** All samples up to this id are evaluated, and their transitions are on disk. */
  let watermark = store.states.evaluatedUpTo()
  /** All samples up to this id are evaluated in memory; transitions after the watermark are unrecorded. */
  let evaluatedUpTo = watermark
  const corroboration = createCorroboration({ store })
  const unrecorded = createUnrecordedTransitions({ watchCache, recorder, corroboration })
  let batchSize = MIN_BATCH
  let evaluated = 0

  const waiting = () => store.samples.newestId() - watermark

  /** Between two samples, when nothing is left to record. */
  function hearFeedback(): void {
    for (const feedback of store.feedback.take(MAX_HEARD))
      store.states.save(watchCache.applyFeedback(feedback, evaluatedUpTo + 1))
  }

  function evaluateNext(): void {
    const { upTo, transitions, took } = evaluateBatch({ store, watchCache }, evaluatedUpTo + 1, batchSize)
    unrecorded.set(transitions)
    const count = upTo - evaluatedUpTo
    evaluated += count
    evaluatedUpTo = upTo
    batchSize = nextBatchSize(batchSize, count, took)
  }

  /** @returns the new watermark: all transitions up to it are recorded */
  function record(): number {
    const firstLeft = unrecorded.record()
    return firstLeft === undefined ? evaluatedUpTo : firstLeft - 1
  }

  return {
    waiting,
    hasFeedback: store.feedback.isWaiting,
    evaluated: () => evaluated,
    isRecorded: unrecorded.isEmpty,
    isStepFull: () => !unrecorded.isEmpty() || waiting() >= batchSize,
    step() {
      const committed = store.transaction(() => {
        if (unrecorded.isEmpty()) {
          if (store.feedback.isWaiting()) hearFeedback()
          if (waiting() > 0) evaluateNext()
        }
        const newWatermark = record()
        if (newWatermark === evaluatedUpTo) store.states.save(watchCache.takeDue())
        store.states.setEvaluatedUpTo(newWatermark)
        corroboration.save()
        return { watermark: newWatermark, changes: recorder.flush() }
      })
      watermark = committed.watermark
      return committed.changes
    },
    reset() {
      watchCache.reset()
      recorder.reset()
      corroboration.reset()
      unrecorded.set([])
      evaluated -= evaluatedUpTo - watermark
      evaluatedUpTo = watermark
    },
    forgetSeries(seriesIds) {
      watchCache.forgetSeries(seriesIds)
      unrecorded.forgetSeries(seriesIds)
    },
  }
}
