// How severe a run of anomalies is, from the scores of its samples. A person's limit is clear from the first sample beyond
// it. A statistical deviation is not CRITICAL by one sample, and what is merely unusual only if it stays.
import { CRITICAL_SCORE } from '../../../shared/domain/severity.ts'
import { MINUTE } from '../../../shared/domain/time.ts'

/** `limit`: a person has set it. `deviation`: from a baseline. `unusual`: of a rule that watches whatever comes. */
export type EvidenceKind = 'limit' | 'deviation' | 'unusual'

/** Plain JSON. */
export interface Evidence {
  /** The largest scores of the run, the largest first. */
  top: readonly [number, number, number]
  /** Milliseconds at a score that is CRITICAL by itself. */
  critical: number
}

/** So long at a CRITICAL score, what is merely unusual is CRITICAL. */
const LASTS = 30 * MINUTE

/** As severe as a score may be without being CRITICAL. */
const BELOW_CRITICAL = CRITICAL_SCORE - 1e-6

export const NO_EVIDENCE: Evidence = { top: [0, 0, 0], critical: 0 }

/** @param step milliseconds since the sample before */
export function withSample({ top, critical }: Evidence, score: number, step: number): Evidence {
  const [first, second, third] = top
  return {
    top:
      score > first
        ? [score, first, second]
        : score > second
          ? [first, score, second]
          : [first, second, Math.max(third, score)],
    critical: critical + (score >= CRITICAL_SCORE && first >= CRITICAL_SCORE ? step : 0),
  }
}

/**
 * The score from which the severity of a run follows.
 *
 * @param newest the score of the newest sample
 */
export function severityScore(kind: EvidenceKind, { top, critical }: Evidence, newest: number): number {
  const [largest, , third] = top
  if (kind === 'limit') return newest
  if (kind === 'deviation') return third >= CRITICAL_SCORE ? third : Math.min(largest, BELOW_CRITICAL)
  return critical >= LASTS ? third : Math.min(third, BELOW_CRITICAL)
}
