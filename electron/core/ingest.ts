// The way in: samples that were posted are checked against the clock, stored with what else arrives at that moment, and
// acknowledged once they are committed. A repeat of a request with the same key stores nothing.
import { createHash } from 'node:crypto'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import { unitOf } from '../../shared/units.ts'
import { AppError, type FieldError } from './errors.ts'
import { instantOf } from './instant.ts'
import type { Clock } from './ports.ts'
import type { NewSample, RememberedAnswer, Store } from './store/store.ts'

const DAY = 86_400_000
export const KEYS_LAST = 3_600_000

/** Samples that may wait for their judgement before new ones are turned away. */
const MOST_WAITING = 100_000

interface Posted {
  /** The path that it was posted to. */
  path: string
  key: string | undefined
  /** The body as it came, for telling a repeat from another request with the same key. */
  body: unknown
  samples: readonly SampleIn[]
  /** Names the field of a sample in an error: `recorded_at` or `3.recorded_at`. */
  fieldOf(index: number, field: string): string
}

interface Refused {
  overloaded: number
  time_out_of_range: number
}

export interface Ingest {
  /**
   * @param answerOf the answer, by the id of the first sample; it is kept with the key
   * @throws AppError at once: 503 when overloaded, 422 for a time out of range
   * @returns rejects with AppError 422 for a key that came with another body
   */
  accept<Answer>(posted: Posted, answerOf: (firstId: number) => Answer): Promise<Answer>
  /** Posts refused here since the start, by reason; guards and schemas refuse others before. */
  refused(): Readonly<Refused>
}

interface Deps {
  store: Pick<Store, 'samples' | 'idempotency' | 'commit'>
  clock: Clock
  retentionDays(): number
  /** Samples that wait for their judgement. */
  waiting(): number
}

export function createIngest({ store, clock, retentionDays, waiting }: Deps): Ingest {
  const refused: Refused = { overloaded: 0, time_out_of_range: 0 }

  return {
    refused: () => refused,
    accept<Answer>(posted: Posted, answerOf: (firstId: number) => Answer) {
      if (waiting() > MOST_WAITING) {
        refused.overloaded++
        throw new AppError(503, 'Too many samples wait for their judgement.', { retryAfter: 1 })
      }
      const range = rangeAround(clock.now(), retentionDays())
      const samples = samplesOf(posted.samples, range)
      if (!samples) {
        refused.time_out_of_range++
        throw outOfRange(posted, range)
      }
      const { path, key } = posted
      if (key === undefined) return store.commit(() => answerOf(store.samples.append(samples)))
      return store.commit(() => {
        const digest = digestOf(posted.body)
        const known = store.idempotency.find(path, key)
        if (known && known.at > clock.now() - KEYS_LAST) return repeated(known, digest) as Answer
        const answer = answerOf(store.samples.append(samples))
        store.idempotency.remember({ path, key, digest, answer, at: clock.now() })
        return answer
      })
    },
  }
}

function repeated({ digest, answer }: RememberedAnswer, digestNow: string): unknown {
  if (digest === digestNow) return answer
  const message = 'this key came with another body before'
  throw new AppError(422, `Idempotency-Key: ${message}`, { errors: [{ path: 'idempotency-key', message }] })
}

const digestOf = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('base64')

/** Milliseconds since 1970, both included, around now. */
interface Range {
  earliest: number
  now: number
  latest: number
}

const rangeAround = (now: number, retentionDays: number): Range => ({
  earliest: now - retentionDays * DAY,
  now,
  latest: now + DAY,
})

/** Undefined where a time is out of range. In one pass, since this is done for every sample there is. */
function samplesOf(given: readonly SampleIn[], { earliest, now, latest }: Range): NewSample[] | undefined {
  const samples: NewSample[] = []
  for (const { source, metric_type, value, unit, tags, server_id, recorded_at } of given) {
    const time = recorded_at ? timeOf(recorded_at) : now
    if (time < earliest || time > latest) return undefined
    samples.push({
      source,
      metricType: metric_type,
      value,
      unit: unit ?? (unitOf(metric_type) || null),
      tags: tags ?? null,
      serverId: server_id ?? null,
      time,
      drill: false,
    })
  }
  return samples
}

const timeOf = (instant: string) => instantOf(instant) ?? Date.parse(instant)

function outOfRange({ samples, fieldOf }: Posted, { earliest, now, latest }: Range): AppError {
  const errors = samples.flatMap(({ recorded_at }, index): FieldError[] => {
    const time = recorded_at ? timeOf(recorded_at) : now
    const path = fieldOf(index, 'recorded_at')
    if (time > latest) return [{ path, message: 'is more than a day ahead' }]
    return time < earliest ? [{ path, message: `is older than ${(now - earliest) / DAY} days` }] : []
  })
  return new AppError(422, `${errors[0]!.path} ${errors[0]!.message}.`, { errors })
}
