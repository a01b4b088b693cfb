// Backtests one series from its rows, causally and in one pass, with the watch that evaluates live samples.
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import type { Verdict } from '../detectors/detector.ts'
import { prepareDetector, type DetectorSettings } from '../detectors/registry.ts'
import { createEventTracker } from '../events/event-tracker.ts'
import type { Timing } from '../events/transition.ts'
import { Watch, type Recovery } from './watch.ts'

export interface Row {
  /** Milliseconds since 1970 in UTC. */
  time: number
  value: number
}

export interface EvaluatedRow extends Pick<Verdict, 'score' | 'lower' | 'upper'> {
  anomaly: boolean
  /** Whether an event is raised at this row, of which the user would be notified. */
  alert: boolean
}

/** Late rows (older than the newest before them) are not evaluated, just as late samples are not. */
const NOT_EVALUATED: EvaluatedRow = { score: 0, lower: null, upper: null, anomaly: false, alert: false }

/** The result evaluates row after row. The rule must be valid, see `problemsOfSettings`. */
export function createRowBacktest(rule: DetectorSettings & Timing & Recovery, detector = prepareDetector(rule)) {
  const watch = new Watch(detector, rule)
  const tracker = createEventTracker()
  let id = 0
  let newest = -Infinity
  return ({ time, value }: Row): EvaluatedRow => {
    if (time < newest) return NOT_EVALUATED
    newest = time
    const sample = { id: ++id, time, value }
    const verdict = watch.evaluate(sample)
    const { transitionKind: kind } = watch
    const alert = kind !== null && tracker.apply(watch.transitionOf(kind, rule, sample, verdict))
    const { score, lower, upper } = verdict
    return { score, lower, upper, anomaly: score >= ALARM_LINE, alert }
  }
}
