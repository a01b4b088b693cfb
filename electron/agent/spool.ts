// Pending batches on disk, one file each, so that an agent continues where it was after any kind of end.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import type { Log } from '../core/platform/ports.ts'

export type TimedSample = SampleIn & { recorded_at: string }

export interface Batch {
  /** Ascending in the order in which batches were made. */
  readonly number: number
  /** Idempotency key: every retry carries the same key and contents. */
  readonly key: string
  readonly samples: TimedSample[]
}

export interface Spool {
  /** The batches of an earlier run in order. They may have been sent already, so they must not be changed. */
  pending(): Batch[]
  create(): Batch
  /** Writes the batch as it is now. If that fails, the agent continues with the batch in memory. */
  save(batch: Batch): void
  delete(batch: Batch): void
}

const NAME = /^(\d{12})-([0-9a-f-]{36})\.json$/

/** @param folder created if it is missing */
export function openSpool(folder: string, log: Log): Spool {
  let next = 1
  let isBroken = false

  /** Logs a failure once until an attempt succeeds again. */
  function attempt(work: () => void) {
    try {
      work()
      isBroken = false
    } catch (error) {
      if (!isBroken) log.warn({ err: error }, 'Could not save pending samples on disk')
      isBroken = true
    }
  }

  const fileOf = ({ number, key }: Batch) => join(folder, `${String(number).padStart(12, '0')}-${key}.json`)

  function read(name: string): Batch[] {
    const [, number, key = ''] = NAME.exec(name) ?? []
    if (number === undefined) return []
    next = Math.max(next, Number(number) + 1)
    let samples: TimedSample[] = []
    attempt(() => (samples = JSON.parse(readFileSync(join(folder, name), 'utf8')) as TimedSample[]))
    return samples.length > 0 ? [{ number: Number(number), key, samples }] : []
  }

  return {
    pending() {
      let names: string[] = []
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        names = readdirSync(folder)
      })
      return names.toSorted().flatMap(read)
    },
    create: () => ({ number: next++, key: randomUUID(), samples: [] }),
    save(batch) {
      const file = fileOf(batch)
      attempt(() => {
        // Renamed once complete, so that a crash leaves no partial file.
        writeFileSync(`${file}.new`, JSON.stringify(batch.samples), { mode: 0o600 })
        renameSync(`${file}.new`, file)
      })
    },
    delete: (batch) => attempt(() => rmSync(fileOf(batch), { force: true })),
  }
}
