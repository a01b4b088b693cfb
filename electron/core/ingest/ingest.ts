// The way in: samples that were posted are checked against the clock, stored with what else arrives at that moment, and
// acknowledged once they are committed. A repeat of a request with the same key stores nothing.
import { createHash } from 'node:crypto'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import { AppError, type FieldError } from '../platform/errors.ts'
import { parseTimestamp } from '../platform/timestamps.ts'
import type { Clock } from '../platform/ports.ts'
import type { OverloadCounts } from './overload.ts'
import type { NewSample } from '../store/types/samples.ts'
import type { RememberedAnswer } from '../store/types/idempotency.ts'
import type { SeriesLimits, LimitExceeded } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
export const KEY_TTL = HOUR

/** Samples that may wait for their judgement. What would go beyond is turned away. */
export const MAX_WAITING = 100_000

/**
 * Bytes of the hot log at which posts are turned away: samples with many tags take four hundred times as much as others.
 * It is three times of what has it packed at once.
 */
const MAX_LOG_BYTES = 48 * 1024 * 1024

/** Keys that are remembered at a time: an hour of 139 posts in every second, some 150 MB. */
const MAX_KEYS = 500_000

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

/** The newest post that was refused because of a limit to the number of series. */
export interface SeriesRefusal extends LimitExceeded {
  /** Milliseconds since 1970. */
  at: number
  source: string
}

export interface Ingest {
  /** Throws AppError OVERLOADED where nothing more has room, which spares whoever asks the reading of a body. */
  assertCapacity(): void
  /**
   * @param answerOf the answer, by the id of the first sample; it is kept with the key
   * @throws AppError at once: OVERLOADED when overloaded or for one key too many, INVALID for a time out of range
   * @returns rejects with AppError INVALID for a key that came with another body, and for new series that have no room; with
   *   OVERLOADED where a source is being forgotten
   */
  accept<Answer>(posted: Posted, answerOf: (firstId: number) => Answer): Promise<Answer>
  /** Of the last hour, unless the limit is another one by now. */
  seriesRefusal(): SeriesRefusal | undefined
}

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'sources' | 'idempotency' | 'commit'>
  clock: Clock
  refusals: Pick<OverloadCounts, 'refuse' | 'reject'>
  retentionDays(): number
  seriesLimits(): SeriesLimits
  /** Samples that wait for their judgement. */
  waiting(): number
  /** Idempotency keys that are remembered at a time. */
  mostKeys?: number
}

export function createIngest(deps: Deps): Ingest {
  const { store, clock, refusals, retentionDays, seriesLimits, waiting, mostKeys = MAX_KEYS } = deps
  let seriesRefusal: SeriesRefusal | undefined
  /** Samples that were let in and are not committed yet. */
  let underWay = 0

  function refuseWithoutRoom(samples: number) {
    if (waiting() + underWay + samples > MAX_WAITING) throw refusals.reject('overloaded')
    if (store.samples.logBytes() > MAX_LOG_BYTES) throw refusals.reject('hot_log')
  }

  /** Inside a transaction. Nothing is thrown there: all that is committed together would be written anew. */
  const append = <Answer>(samples: readonly NewSample[], answerOf: (firstId: number) => Answer): Outcome<Answer> => {
    const leaving = samples.find(({ source }) => store.sources.isPendingDeletion(source))?.source
    if (leaving !== undefined) return { leaving }
    const shortage = store.series.exceeded(samples, seriesLimits())
    return shortage ? { shortage } : { answer: answerOf(store.samples.append(samples)) }
  }

  /** Inside a transaction. */
  const once = <Answer>({ path, body }: Posted, key: string, append: () => Outcome<Answer>): Outcome<Answer> => {
    const digest = digestOf(body)
    const known = store.idempotency.find(path, key)
    if (isFresh(known)) return { answer: repeated(known, digest) as Answer }
    const outcome = append()
    if ('answer' in outcome) store.idempotency.remember({ path, key, digest, answer: outcome.answer, at: clock.now() })
    return outcome
  }

  const isFresh = (known: RememberedAnswer | undefined): known is RememberedAnswer =>
    known !== undefined && known.at > clock.now() - KEY_TTL
  const isKeyTooMany = ({ path, key }: Posted) =>
    key !== undefined && store.idempotency.size() >= mostKeys && !isFresh(store.idempotency.find(path, key))

  return {
    assertCapacity: () => refuseWithoutRoom(1),
    seriesRefusal() {
      const { at = 0, limit = 'series', most } = seriesRefusal ?? {}
      return at > clock.now() - HOUR && seriesLimits()[`most_${limit}`] === most ? seriesRefusal : undefined
    },
    accept(posted, answerOf) {
      const count = posted.samples.length
      refuseWithoutRoom(count)
      if (isKeyTooMany(posted)) throw refusals.reject('keys')
      const range = rangeAround(clock.now(), retentionDays())
      const samples = samplesOf(posted.samples, range)
      if (!samples) throw refusals.refuse('time_out_of_range', outOfRange(posted, range))
      const { key } = posted
      const write = () => append(samples, answerOf)
      underWay += count
      return store
        .commit(() => (key === undefined ? write() : once(posted, key, write)))
        .finally(() => void (underWay -= count))
        .then((outcome) => {
          if ('answer' in outcome) return outcome.answer
          if ('leaving' in outcome) throw refusals.refuse('leaving', beingForgotten(outcome.leaving))
          const { shortage } = outcome
          seriesRefusal = { ...shortage, source: posted.samples[shortage.index]!.source, at: clock.now() }
          throw refusals.refuse(shortage.limit, noRoom(posted, seriesRefusal))
        })
    },
  }
}

type Outcome<Answer> = { answer: Answer } | { shortage: LimitExceeded } | { leaving: string }

const beingForgotten = (source: string) =>
  new AppError('OVERLOADED', `${source} is being forgotten.`, { retryAfter: 1 })

function noRoom({ fieldOf }: Posted, { index, limit, most, source }: SeriesRefusal): AppError {
  const message = limit === 'series' ? `there are ${most} series` : `${source} has ${most} series`
  const detail = `This series is new, and ${message}, the most that may be. A setting says how many (most_${limit}).`
  return new AppError('LIMIT', detail, { errors: [{ path: fieldOf(index, 'metric_type'), message }] })
}

function repeated({ digest, answer }: RememberedAnswer, digestNow: string): unknown {
  if (digest === digestNow) return answer
  const message = 'this key came with another body before'
  throw new AppError('INVALID', `Idempotency-Key: ${message}`, { errors: [{ path: 'idempotency-key', message }] })
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

const timeOf = (instant: string) => parseTimestamp(instant) ?? Date.parse(instant)

function outOfRange({ samples, fieldOf }: Posted, { earliest, now, latest }: Range): AppError {
  const errors = samples.flatMap(({ recorded_at }, index): FieldError[] => {
    const time = recorded_at ? timeOf(recorded_at) : now
    const path = fieldOf(index, 'recorded_at')
    if (time > latest) return [{ path, message: 'is more than a day ahead' }]
    return time < earliest ? [{ path, message: `is older than ${(now - earliest) / DAY} days` }] : []
  })
  return new AppError('INVALID', `${errors[0]!.path} ${errors[0]!.message}.`, { errors })
}
