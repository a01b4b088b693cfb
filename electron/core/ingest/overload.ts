// Counts refused posts by reason, and knows whether valid posts are being rejected because there are too many of them.
import { OVERLOADS, type Overload } from '../../../shared/schemas/health.ts'
import { AppError } from '../platform/errors.ts'
import { SECOND } from '../../../shared/domain/time.ts'
import type { Clock } from '../platform/ports.ts'

/** A time out of range, too many series in total or of one source, or a source that is being deleted. */
type Fault = 'time_out_of_range' | 'series' | 'series_of_source' | 'leaving'

export interface OverloadCounts {
  /** Since the start. Posts that a guard or a schema refused are not among them. */
  counts(): Readonly<Record<Fault | Overload, number>>
  /** Counts a post that was refused for its content, and gives back the error to throw. */
  refuse(fault: Fault, error: AppError): AppError
  /** Counts a valid post that was rejected, and gives the error to throw: OVERLOADED. */
  reject(overload: Overload): AppError
  /** How many valid posts were rejected since the start. */
  rejected(): number
  /** Why the newest one was rejected, within the last 15 s. */
  overload(): Overload | undefined
}

/** An interface that polls every five seconds doesn't miss it. */
const OVERLOAD_SHOWN_FOR = 15 * SECOND

/** What the sender reads, and after how many seconds it may try again. */
const ANSWERS: Record<Overload, readonly [why: string, retryAfter: number]> = {
  overloaded: ['Too many samples wait for their evaluation.', 1],
  hot_log: ['The samples that wait to be evaluated and compacted take too much memory.', 1],
  bodies: ['Too many request bodies are being read at the moment.', 1],
  keys: ['Too many idempotency keys were used within the last hour.', 60],
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
    overload: () => (newest && Math.abs(clock.now() - newest.at) < OVERLOAD_SHOWN_FOR ? newest.overload : undefined),
  }
}
