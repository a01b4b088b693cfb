// Posts of samples that were refused, counted by reason; and whether posts are being turned away with which nothing is
// wrong but that there are too many of them.
import { OVERLOADS, type Overload } from '../../../shared/schemas/health.ts'
import { AppError } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'

/** A time out of range, new series that have no room, in all or for their source, or a source that is being forgotten. */
type Fault = 'time_out_of_range' | 'series' | 'series_of_source' | 'leaving'

export interface OverloadCounts {
  /** Since the start; guards and schemas refuse others before. */
  counts(): Readonly<Record<Fault | Overload, number>>
  /** Counts a post that was refused for what is in it. */
  refuse(fault: Fault, error: AppError): AppError
  /** Counts a post that was turned away, and gives what to throw: OVERLOADED. */
  reject(overload: Overload): AppError
  /** How many were turned away since the start. */
  rejected(): number
  /** Why the newest one was, within the last 15 s. */
  overload(): Overload | undefined
}

/** Milliseconds; an interface that asks every five seconds doesn't miss it. */
const LATELY = 15_000

/** What the sender is told, and the seconds after which to try again. */
const ANSWERS: Record<Overload, readonly [why: string, retryAfter: number]> = {
  overloaded: ['Too many samples wait for their judgement.', 1],
  hot_log: ['The samples that wait to be judged and packed take too much room.', 1],
  bodies: ['Too much is being posted at this moment.', 1],
  keys: ['Too many idempotency keys came within the hour.', 60],
}

export function createOverloadCounts(clock: Clock): OverloadCounts {
  const overloads = { overloaded: 0, hot_log: 0, bodies: 0, keys: 0 }
  const counts = { ...overloads, time_out_of_range: 0, series: 0, series_of_source: 0, leaving: 0 }
  let newest: { overload: Overload; at: number } | undefined
  return {
    counts: () => counts,
    refuse(fault, error) {
      counts[fault]++
      return error
    },
    reject(overload) {
      counts[overload]++
      newest = { overload, at: clock.now() }
      const [why, retryAfter] = ANSWERS[overload]
      return new AppError('OVERLOADED', why, { retryAfter })
    },
    rejected: () => OVERLOADS.reduce((sum, overload) => sum + counts[overload], 0),
    overload: () => (newest && Math.abs(clock.now() - newest.at) < LATELY ? newest.overload : undefined),
  }
}
