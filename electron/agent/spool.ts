// What waits for Tocsin, on disk: a file for each batch, so that an agent that ends, however it ends, goes on where it was.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import type { Log } from '../core/platform/ports.ts'

export type TimedSample = SampleIn & { recorded_at: string }

export interface Batch {
  /** Of the order in which they were made. */
  readonly number: number
  /** Made once: whatever happens to an answer or to the agent, a retry carries the same key and the same contents. */
  readonly key: string
  readonly samples: TimedSample[]
}

export interface Spool {
  /** What was left, in its order; none of it may be changed any more, since it may have been sent. */
  left(): Batch[]
  create(): Batch
  /** Writes it as it is now. Where that is not possible, the agent goes on with what is in memory. */
  keep(batch: Batch): void
  forget(batch: Batch): void
}

const NAME = /^(\d{12})-([0-9a-f-]{36})\.json$/

/** @param folder is made where there is none */
export function openSpool(folder: string, log: Log): Spool {
  let next = 1
  let isBroken = false

  /** Says once that it fails, and once that it doesn't any more. */
  function attempt(work: () => void) {
    try {
      work()
      isBroken = false
    } catch (error) {
      if (!isBroken) log.warn({ err: error }, 'What Tocsin has not taken yet can not be kept on disk')
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
    left() {
      let names: string[] = []
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        names = readdirSync(folder)
      })
      return names.toSorted().flatMap(read)
    },
    create: () => ({ number: next++, key: randomUUID(), samples: [] }),
    keep(batch) {
      const file = fileOf(batch)
      attempt(() => {
        // Whole or not at all.
        writeFileSync(`${file}.new`, JSON.stringify(batch.samples), { mode: 0o600 })
        renameSync(`${file}.new`, file)
      })
    },
    forget: (batch) => attempt(() => rmSync(fileOf(batch), { force: true })),
  }
}
