// Samples on their way to Tocsin: nothing is lost while it is away, nothing arrives twice.
import { MAX_SAMPLES_PER_BATCH } from '../../shared/schemas/sample.ts'
import type { Clock, Log } from '../core/platform/ports.ts'
import type { Post } from './post.ts'
import type { Batch, Spool, TimedSample } from './spool.ts'

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

const DAY_MS = 86_400_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A timer can't wait for weeks, and no answer should stop an agent for so long. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000
const CLOSING_MS = 1_000

/**
 * Samples gather in batches, which leave in order, one at a time. Until it is first sent, the newest takes what comes, so
 * that the queue of a long absence leaves in few of them. What is older than a day is dropped, the oldest first.
 */
export function createOutbox({ post, spool, clock, log }: Deps): Outbox {
  const waiting = spool.left()
  const end = new AbortController()
  /** The newest, while it was not sent and has room. */
  let gathering: Batch | undefined
  let delivery: Promise<void> | undefined
  let failures = 0
  let dropped = 0
  let wake: (() => void) | undefined

  async function deliver() {
    for (let batch; !end.signal.aborted && (batch = waiting[0]);) {
      if (batch === gathering) gathering = undefined
      const outcome = await post(JSON.stringify(batch.samples), batch.key, end.signal)
      if (outcome.kind === 'later') {
        const waitMs = pauseAfter(failures++, outcome.waitMs)
        if (failures === 1) log.warn({ reason: outcome.reason }, 'Tocsin takes no samples now; they are kept')
        if (!end.signal.aborted) await pause(waitMs)
        dropOld()
      } else {
        if (outcome.kind === 'refused') {
          const { length: samples } = batch.samples
          log.warn({ reason: outcome.reason, samples }, 'Tocsin refused a batch of samples; it is dropped')
        }
        dropFirst()
        if (failures) log.info({ failures, waiting: waitingSamples(), dropped }, 'Tocsin takes samples again')
        failures = dropped = 0
      }
    }
    delivery = undefined
  }

  const waitingSamples = () => waiting.reduce((sum, { samples }) => sum + samples.length, 0)

  /** @returns how many samples were in it */
  function dropFirst(): number {
    const batch = waiting.shift()!
    if (batch === gathering) gathering = undefined
    spool.forget(batch)
    return batch.samples.length
  }

  function dropOld() {
    const oldest = new Date(clock.now() - DAY_MS).toISOString()
    const before = dropped
    while (waiting[0] && waiting[0].samples.at(-1)!.recorded_at < oldest) dropped += dropFirst()
    if (before === 0 && dropped > 0) log.warn({ dropped }, 'Samples wait for more than a day; the oldest are dropped')
  }

  function gather(samples: readonly TimedSample[]) {
    for (let taken = 0; taken < samples.length;) {
      if (!gathering) waiting.push((gathering = spool.create()))
      const room = MAX_SAMPLES_PER_BATCH - gathering.samples.length
      gathering.samples.push(...samples.slice(taken, taken + room))
      spool.keep(gathering)
      taken += room
      if (gathering.samples.length === MAX_SAMPLES_PER_BATCH) gathering = undefined
    }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  if (waiting.length > 0) {
    dropOld()
    delivery = deliver()
  }
  return {
    add(samples) {
      if (end.signal.aborted || samples.length === 0) return
      gather(samples)
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
      const left = waitingSamples()
      if (left) log.warn({ left }, 'Samples that Tocsin did not take in time are kept for the next start')
    },
  }
}

/** Doubling pauses, and never shorter than the answer asked for. */
function pauseAfter(failures: number, askedMs: number): number {
  const usual = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS)
  return Math.max(usual, Math.min(askedMs, LONGEST_ASKED_PAUSE_MS))
}
