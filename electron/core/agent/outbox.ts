// Samples on their way to Tocsin: nothing is lost while it is away, nothing arrives twice.
import { randomUUID } from 'node:crypto'
import { MOST_SAMPLES_IN_BATCH, type SampleIn } from '../../../shared/schemas/sample.ts'
import type { Clock, Log } from '../ports.ts'
import type { Post } from './post.ts'

export type TimedSample = SampleIn & { recorded_at: string }

export interface Outbox {
  add(samples: readonly TimedSample[]): void
  /** Tries to deliver what is left, for at most a second. */
  close(): Promise<void>
}

interface Batch {
  /** Made once: whatever happens to an answer, a retry carries the same key and the same contents. */
  key: string
  body: string
  size: number
  newest: string
}

const DAY_MS = 86_400_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A timer can't wait for weeks, and no answer should stop an agent for so long. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000
const CLOSING_MS = 1_000

/**
 * Samples gather in one queue and leave it in batches, in order, one at a time; a batch is made when it is first sent,
 * so that the queue of a long absence leaves in few of them. What is older than a day is dropped, the oldest first.
 */
export function createOutbox({ post, clock, log }: { post: Post; clock: Clock; log: Log }): Outbox {
  const waiting: TimedSample[] = []
  const end = new AbortController()
  let batch: Batch | undefined
  let delivery: Promise<void> | undefined
  let failures = 0
  let dropped = 0
  let wake: (() => void) | undefined

  async function deliver() {
    while (!end.signal.aborted && (batch ??= nextBatch())) {
      const outcome = await post(batch.body, batch.key, end.signal)
      if (outcome.kind === 'later') {
        const waitMs = pauseAfter(failures++, outcome.waitMs)
        if (failures === 1) log.warn({ reason: outcome.reason }, 'Tocsin takes no samples now; they are kept')
        if (!end.signal.aborted) await pause(waitMs)
        dropOld()
      } else {
        if (outcome.kind === 'refused') {
          log.warn({ reason: outcome.reason, samples: batch.size }, 'Tocsin refused a batch of samples; it is dropped')
        }
        batch = undefined
        if (failures) log.info({ failures, waiting: waiting.length, dropped }, 'Tocsin takes samples again')
        failures = dropped = 0
      }
    }
    delivery = undefined
  }

  function nextBatch(): Batch | undefined {
    const samples = waiting.splice(0, MOST_SAMPLES_IN_BATCH)
    const newest = samples.at(-1)?.recorded_at
    return newest === undefined
      ? undefined
      : { key: randomUUID(), body: JSON.stringify(samples), size: samples.length, newest }
  }

  function dropOld() {
    const oldest = new Date(clock.now() - DAY_MS).toISOString()
    const kept = waiting.findIndex((sample) => sample.recorded_at >= oldest)
    const before = dropped
    dropped += waiting.splice(0, kept < 0 ? waiting.length : kept).length
    if (batch && batch.newest < oldest) {
      dropped += batch.size
      batch = undefined
    }
    if (before === 0 && dropped > 0) log.warn({ dropped }, 'Samples wait for more than a day; the oldest are dropped')
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    add(samples) {
      if (end.signal.aborted || samples.length === 0) return
      for (const sample of samples) waiting.push(sample)
      delivery ??= deliver()
    },

    async close() {
      const limit = setTimeout(() => {
        end.abort()
        wake?.()
      }, CLOSING_MS)
      wake?.()
      await delivery
      clearTimeout(limit)
      end.abort()
      const left = waiting.length + (batch?.size ?? 0)
      if (left) log.warn({ left }, 'Samples that Tocsin did not take in time are lost')
    },
  }
}

/** Doubling pauses, and never shorter than the answer asked for. */
function pauseAfter(failures: number, askedMs: number): number {
  const usual = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS)
  return Math.max(usual, Math.min(askedMs, LONGEST_ASKED_PAUSE_MS))
}
