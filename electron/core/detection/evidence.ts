// How severe a run of anomalies is, from the scores of its samples. A person's limit is clear from the first sample beyond
// it. A statistical deviation is not CRITICAL by one sample, and what is merely unusual only if it stays.
import { CRITICAL_SCORE, WARNING_SCORE } from '../../../shared/domain/severity.ts'
import { MINUTE } from '../../../shared/domain/time.ts'

/** `limit`: a person has set it. `deviation`: from a baseline. `unusual`: of a rule that watches whatever comes. */
export type EvidenceKind = 'limit' | 'deviation' | 'unusual'

/** Plain JSON. */
export interface Evidence {
  /** The largest scores of the run, the largest first. */
  top: readonly [number, number, number]
  /** Milliseconds from one sample to the next of those whose score is WARNING by itself, and CRITICAL. */
  warning: number
  critical: number
}

/** So long at such a score, what is merely unusual is a WARNING, and CRITICAL. */
const WARNING_AFTER = 10 * MINUTE
const CRITICAL_AFTER = 30 * MINUTE

/** As severe as a score may be without being so. */
const BELOW_CRITICAL = CRITICAL_SCORE - 1e-6
const BELOW_WARNING = WARNING_SCORE - 1e-6

export const NO_EVIDENCE: Evidence = { top: [0, 0, 0], warning: 0, critical: 0 }

/**
 * @param step milliseconds since the sample before
 * @param isYoung see `Verdict.young`
 */
export function withSample(before: Evidence, score: number, step: number, isYoung: boolean): Evidence {
  const { top, warning, critical } = before
  const [first, second, third] = top
  const rest = [first, second, third, score].toSorted((one, other) => other - one)
  return {
    top: [rest[0]!, rest[1]!, rest[2]!],
    warning: warning + (score >= WARNING_SCORE && first >= WARNING_SCORE ? step : 0),
    critical: critical + (!isYoung && score >= CRITICAL_SCORE && first >= CRITICAL_SCORE ? step : 0),
  }
}

/**
 * The score from which the severity of a run follows.
 *
 * @param newest the score of the newest sample
 */
export function severityScore(kind: EvidenceKind, { top, warning, critical }: Evidence, newest: number): number {
  const [largest, , third] = top
  if (kind === 'limit') return newest
  if (kind === 'deviation') return third >= CRITICAL_SCORE ? third : Math.min(largest, BELOW_CRITICAL)
  if (critical >= CRITICAL_AFTER) return third
  return Math.min(third, warning >= WARNING_AFTER ? BELOW_CRITICAL : BELOW_WARNING)
}
