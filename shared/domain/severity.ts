// The severity of a score, for rules without a fixed severity.
import type { Severity } from '../schemas/event.ts'

/** Minimum score of an anomaly, on the scale of every detector. */
export const ALARM_LINE = 0.5

/** From here on a score is a WARNING, and CRITICAL. */
export const WARNING_SCORE = 0.65
export const CRITICAL_SCORE = 0.9

/**
 * @param score 0 to 1. On the detectors' scale (1 − 2^(−r), r being the multiple of the method's threshold), an anomaly is
 * a WARNING from about 1.5 times the threshold and CRITICAL from about 3.3 times.
 */
export function severityOf(score: number): Severity {
  if (score >= CRITICAL_SCORE) return 'CRITICAL'
  return score >= WARNING_SCORE ? 'WARNING' : 'INFO'
}
