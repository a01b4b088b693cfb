// The way in: samples that were posted are checked against the clock, stored with what else arrives at that moment, and
// acknowledged once they are committed. A repeat of a request with the same key stores nothing.
import { createHash } from 'node:crypto'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import { unitOf } from '../../shared/units.ts'
import { AppError, type FieldError } from './errors.ts'
import type { Clock } from './ports.ts'
import type { NewSample, RememberedAnswer, Store, StoredSample } from './store/store.ts'

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

export interface Ingest {
  /**
   * @param answerOf the answer for these samples; it is kept with the key
   * @throws AppError 422 for a time out of range or a key that came with another body, 503 when overloaded
   */
  accept<Answer>(posted: Posted, answerOf: (stored: readonly StoredSample[]) => Answer): Promise<Answer>
  /** Posts refused since the start, by reason. */
  refused(): { overloaded: number }
}

interface Deps {
  store: Pick<Store, 'samples' | 'idempotency' | 'commit'>
  clock: Clock
  retentionDays(): number
  /** Samples that wait for their judgement. */
  waiting(): number
}

export function createIngest({ store, clock, retentionDays, waiting }: Deps): Ingest {
  const write = <Answer>(posted: Posted, answerOf: (stored: readonly StoredSample[]) => Answer) =>
    store.commit((): Answer => {
      const { path, key } = posted
      if (key === undefined) return answerOf(store.samples.append(samplesOf(posted, clock.now())))
      const digest = digestOf(posted.body)
      const known = store.idempotency.find(path, key)
      if (known && known.at > clock.now() - KEYS_LAST) return repeated(known, digest) as Answer
      const answer = answerOf(store.samples.append(samplesOf(posted, clock.now())))
      store.idempotency.remember({ path, key, digest, answer, at: clock.now() })
      return answer
    })

  const refused = { overloaded: 0 }
  return {
    refused: () => refused,
    async accept(posted, answerOf) {
      if (waiting() > MOST_WAITING) {
        refused.overloaded++
        throw new AppError(503, 'Too many samples wait for their judgement.', { retryAfter: 1 })
      }
      refuseTimesOutOfRange(posted, clock.now(), retentionDays())
      return write(posted, answerOf)
    },
  }
}

function repeated({ digest, answer }: RememberedAnswer, digestNow: string): unknown {
  if (digest === digestNow) return answer
  const message = 'this key came with another body before'
  throw new AppError(422, `Idempotency-Key: ${message}`, { errors: [{ path: 'idempotency-key', message }] })
}

const digestOf = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('base64')

function refuseTimesOutOfRange({ samples, fieldOf }: Posted, now: number, retentionDays: number): void {
  const errors = samples.flatMap(({ recorded_at }, index): FieldError[] => {
    if (!recorded_at) return []
    const time = Date.parse(recorded_at)
    const path = fieldOf(index, 'recorded_at')
    if (time > now + DAY) return [{ path, message: 'is more than a day ahead' }]
    return time < now - retentionDays * DAY ? [{ path, message: `is older than ${retentionDays} days` }] : []
  })
  const first = errors[0]
  if (first) throw new AppError(422, `${first.path} ${first.message}.`, { errors })
}

const samplesOf = ({ samples }: Posted, now: number) =>
  samples.map(({ source, metric_type, value, unit, tags, server_id, recorded_at }): NewSample => ({
    source,
    metricType: metric_type,
    value,
    unit: unit ?? (unitOf(metric_type) || null),
    tags: tags ?? null,
    serverId: server_id ?? null,
    time: recorded_at ? Date.parse(recorded_at) : now,
    drill: false,
  }))
