// Samples on their way to Tocsin: none is lost while Tocsin can't be reached, and none is stored twice.
import { DAY, HOUR, SECOND } from '../../shared/domain/time.ts'
import type { Clock, Log } from '../core/platform/ports.ts'
import { createBatchQueue } from './batch-queue.ts'
import type { Post } from './post.ts'
import type { Spool, TimedSample } from './spool.ts'

export interface Outbox {
  add(samples: readonly TimedSample[]): void
  /** Tries to deliver what is left, for at most a second. */
  close(): Promise<void>
}

interface Deps {
  post: Post
  spool: Spool
  clock: Clock
  log: Log
}

/** Older samples are dropped. */
const MAX_AGE = DAY
const MIN_PAUSE = SECOND / 2
const MAX_PAUSE = 30 * SECOND
/** The longest pause that an answer can ask for. */
const MAX_RETRY_AFTER = HOUR
const CLOSE_TIMEOUT = SECOND

/** Posts the batches of samples in order, one at a time, and retries until each is accepted, rejected or too old. */
export function createOutbox({ post, spool, clock, log }: Deps): Outbox {
  const queue = createBatchQueue(spool)
  const aborted = new AbortController()
  const { signal } = aborted
  let delivery: Promise<void> | undefined
  let failures = 0
  let dropped = 0
  let wake: (() => void) | undefined

  async function deliver() {
    for (let batch; !signal.aborted && (batch = queue.take());) {
      const outcome = await post(JSON.stringify(batch.samples), batch.key, signal)
      if (outcome.kind === 'retry') {
        const waitMs = pauseAfter(failures++, outcome.waitMs)
        if (failures === 1) log.warn({ reason: outcome.reason }, 'Could not post samples to Tocsin; they are kept')
        if (!signal.aborted) await pause(waitMs)
        dropOld()
      } else {
        if (outcome.kind === 'rejected') {
          const { length: samples } = batch.samples
          log.warn({ reason: outcome.reason, samples }, 'Tocsin rejected a batch of samples; the batch is dropped')
        }
        queue.dropFirst()
        if (failures) log.info({ failures, waiting: queue.sampleCount(), dropped }, 'Tocsin accepts samples again')
        failures = dropped = 0
      }
    }
    delivery = undefined
  }

  function dropOld() {
    const before = dropped
    dropped += queue.dropOlderThan(clock.now() - MAX_AGE)
    if (before === 0 && dropped > 0) log.warn({ dropped }, 'Dropped samples that waited for more than a day')
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  if (queue.sampleCount() > 0) {
    dropOld()
    delivery = deliver()
  }
  return {
    add(samples) {
      if (signal.aborted || samples.length === 0) return
      queue.append(samples)
      delivery ??= deliver()
    },

    async close() {
      const timeout = setTimeout(() => {
        aborted.abort()
        wake?.()
      }, CLOSE_TIMEOUT)
      wake?.()
      await delivery
      clearTimeout(timeout)
      aborted.abort()
      const left = queue.sampleCount()
      if (left) log.warn({ left }, 'Samples that were not delivered in time are kept for the next start')
    },
  }
}

/** Doubling pauses, never shorter than the answer asked for. */
function pauseAfter(failures: number, retryAfter: number): number {
  const pause = Math.min(MIN_PAUSE * 2 ** failures, MAX_PAUSE)
  return Math.max(pause, Math.min(retryAfter, MAX_RETRY_AFTER))
}
