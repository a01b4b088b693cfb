// The verdict on a value that is expected within a band around a level: the same for all methods that have one.
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { NORMAL, scoreOf, type Verdict } from './detector.ts'
import { matters } from './window.ts'

export interface Band extends Pick<Verdict, 'lower' | 'upper' | 'samples'> {
  /** What is normal. */
  level: number
  /** How far from it the value lies, in the method's own unit. */
  figure: number
  /** The figure at which the value is at the alarm line. */
  line: number
}

/**
 * @param minChange see `WindowParams.min_change`
 * @param explain why the value is flagged; asked only if it is
 */
export function verdictIn(band: Band, value: number, minChange: number, explain: () => string): Verdict {
  const { level, figure, line, lower, upper, samples } = band
  const score = matters(value, level, minChange) ? scoreOf(Math.abs(figure) / line) : 0
  return { score, figure, lower, upper, samples, reason: score < ALARM_LINE ? NORMAL : explain() }
}
