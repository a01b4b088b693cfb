// The ingest service: one `accept` per post. It checks capacity and times, stores the samples, and resolves once they are
// committed. The store then notifies the engine, which evaluates them.
import { HOUR } from '../../../shared/domain/time.ts'
import { AppError } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { NewSample } from '../store/types/samples.ts'
import type { SeriesLimits, LimitExceeded } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'
import { createIdempotency, MAX_KEYS } from './idempotency.ts'
import { createOverloadCounts, type OverloadCounts } from './overload.ts'
import { inOrderOfTime, outOfRange, timeRangeAt, toNewSamples, type Post } from './posted-samples.ts'

/** Samples that may wait for their evaluation. Posts beyond that are rejected. */
export const MAX_WAITING = 100_000

/**
 * Bytes of the write buffer at which posts are rejected: a sample with many tags takes four hundred times the usual size.
 * Compaction starts at a third of this.
 */
const MAX_BUFFER_BYTES = 48 * 1024 * 1024

/** The newest post that was refused because of a limit to the number of series. */
export interface SeriesRejection extends LimitExceeded {
  /** Milliseconds since 1970. */
  at: number
  source: string
}

export interface Ingest extends IngestGate {
  /**
   * @param answerOf the answer, by the id of the first sample; it is stored with the key
   * @throws AppError at once: OVERLOADED when overloaded or for one key too many, INVALID for a time out of range
   * @returns rejects with AppError INVALID for a key that came with another body, with LIMIT if a limit of series is
   *   exceeded, and with OVERLOADED while the source is being deleted
   */
  accept<Answer>(post: Post, answerOf: (firstId: number) => Answer): Promise<Answer>
  /** Of the last hour, unless the limit was changed since. */
  seriesRejection(): SeriesRejection | undefined
  readonly overload: Pick<OverloadCounts, 'counts' | 'rejected' | 'overload'>
}

/** What the server asks before it reads the body of a post. */
export interface IngestGate {
  /** Throws AppError OVERLOADED if not even one sample fits. Under a flood, reading bodies would be most of the work. */
  assertCapacity(): void
  /** Counts a post rejected because too many bodies are being read, and gives what to throw. */
  rejectBody(): AppError
}

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'sources' | 'idempotency' | 'commit'>
  clock: Clock
  retentionDays(): number
  seriesLimits(): SeriesLimits
  /** Samples that wait for their evaluation. */
  waiting(): number
  /** Idempotency keys that are stored at a time. */
  maxKeys?: number
}

export function createIngest(deps: Deps): Ingest {
  const { store, clock, retentionDays, seriesLimits, waiting, maxKeys = MAX_KEYS } = deps
  const overload = createOverloadCounts(clock)
  const idempotency = createIdempotency(store.idempotency, clock, maxKeys)
  let seriesRejection: SeriesRejection | undefined
  /** Samples that were accepted and are not committed yet. */
  let uncommitted = 0

  function assertCapacity(samples: number): void {
    if (waiting() + uncommitted + samples > MAX_WAITING) throw overload.reject('overloaded')
    if (store.samples.logBytes() > MAX_BUFFER_BYTES) throw overload.reject('hot_log')
  }

  /** Inside a transaction. It returns what is wrong: an error would make the store repeat the whole group commit. */
  function write<Answer>(post: Post, samples: NewSample[], answerOf: (firstId: number) => Answer): Outcome<Answer> {
    const known = idempotency.storedAnswer(post)
    if (known) return known as { answer: Answer }
    const pendingDeletion = samples.find(({ source }) => store.sources.isPendingDeletion(source))?.source
    if (pendingDeletion !== undefined) return { pendingDeletion }
    const exceeded = store.series.exceeded(samples, seriesLimits())
    if (exceeded) return { exceeded }
    const answer = answerOf(store.samples.append(inOrderOfTime(samples)))
    idempotency.store(post, answer)
    return { answer }
  }

  function answerFrom<Answer>(outcome: Outcome<Answer>, post: Post): Answer {
    if ('answer' in outcome) return outcome.answer
    if ('pendingDeletion' in outcome) throw overload.refuse('leaving', beingDeleted(outcome.pendingDeletion))
    const { exceeded } = outcome
    seriesRejection = { ...exceeded, source: post.samples[exceeded.index]!.source, at: clock.now() }
    throw overload.refuse(exceeded.limit, limitExceeded(post, seriesRejection))
  }

  return {
    overload,
    assertCapacity: () => assertCapacity(1),
    rejectBody: () => overload.reject('bodies'),
    seriesRejection() {
      const { at = 0, limit = 'series', most } = seriesRejection ?? {}
      return at > clock.now() - HOUR && seriesLimits()[LIMIT_SETTINGS[limit]] === most ? seriesRejection : undefined
    },
    accept(post, answerOf) {
      const count = post.samples.length
      assertCapacity(count)
      if (idempotency.exceedsLimit(post)) throw overload.reject('keys')
      const range = timeRangeAt(clock.now(), retentionDays())
      const samples = toNewSamples(post.samples, range)
      if (!samples) throw overload.refuse('time_out_of_range', outOfRange(post, range))
      uncommitted += count
      return store
        .commit(() => write(post, samples, answerOf))
        .finally(() => void (uncommitted -= count))
        .then((outcome) => answerFrom(outcome, post))
    },
  }
}

type Outcome<Answer> = { answer: Answer } | { exceeded: LimitExceeded } | { pendingDeletion: string }

const beingDeleted = (source: string) => new AppError('OVERLOADED', `${source} is being deleted.`, { retryAfter: 1 })

/** The settings that limit the number of series. */
const LIMIT_SETTINGS = { series: 'max_series', series_of_source: 'max_series_per_source' } as const

function limitExceeded({ fieldOf }: Post, { index, limit, most, source }: SeriesRejection): AppError {
  const message = limit === 'series' ? `there are ${most} series` : `${source} has ${most} series`
  const detail = `New series are rejected: ${message}, which is the limit (setting ${LIMIT_SETTINGS[limit]}).`
  return new AppError('LIMIT', detail, { errors: [{ path: fieldOf(index, 'metric_type'), message }] })
}
