// Severity from a score, for rules that leave it open.
import type { Severity } from '../schemas/event.ts'

/** The score at which a detector's own alarm line lies. */
export const ALARM_LINE = 0.5

/**
 * @param score 0 to 1. With the detectors' scale (1 − 2^(−r), r being multiples of the alarm line) an anomaly is a
 * WARNING from about 1.5 times the alarm line on and CRITICAL from about 3.3 times.
 */
export function severityOf(score: number): Severity {
  if (score >= 0.9) return 'CRITICAL'
  return score >= 0.65 ? 'WARNING' : 'INFO'
}
