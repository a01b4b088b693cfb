// The batches that wait for Tocsin, oldest first, each saved on disk. The newest takes new samples until it is sent, so that
// the queue of a long outage leaves in few requests.
import { toIso } from '../../shared/domain/time.ts'
import { MAX_SAMPLES_PER_BATCH } from '../../shared/schemas/sample.ts'
import type { Batch, Spool, TimedSample } from './spool.ts'

export interface BatchQueue {
  append(samples: readonly TimedSample[]): void
  /** The oldest batch, to be sent: from now on it takes no more samples. */
  take(): Batch | undefined
  dropFirst(): void
  /** Drops batches whose samples are all older than `time`, in milliseconds since 1970; returns how many samples. */
  dropOlderThan(time: number): number
  sampleCount(): number
}

/** Begins with the batches of an earlier run. */
export function createBatchQueue(spool: Spool): BatchQueue {
  const batches = spool.pending()
  /** The newest batch, while it was not sent and has room. */
  let open: Batch | undefined

  function dropFirst(): Batch {
    const batch = batches.shift()!
    if (batch === open) open = undefined
    spool.delete(batch)
    return batch
  }

  return {
    append(samples) {
      for (let taken = 0; taken < samples.length;) {
        if (!open) batches.push((open = spool.create()))
        const room = MAX_SAMPLES_PER_BATCH - open.samples.length
        open.samples.push(...samples.slice(taken, taken + room))
        spool.save(open)
        taken += room
        if (open.samples.length === MAX_SAMPLES_PER_BATCH) open = undefined
      }
    },
    take() {
      if (batches[0] === open) open = undefined
      return batches[0]
    },
    dropFirst: () => void dropFirst(),
    dropOlderThan(time) {
      const oldest = toIso(time)
      let dropped = 0
      while (batches[0] && batches[0].samples.at(-1)!.recorded_at < oldest) dropped += dropFirst().samples.length
      return dropped
    },
    sampleCount: () => batches.reduce((sum, { samples }) => sum + samples.length, 0),
  }
}
