// Evaluates a drill with the watches that evaluate live samples. They are new for each drill: a drill changes no baseline,
// neither that of the real series nor that of the next drill.
import { sideOf } from '../../../../shared/domain/side.ts'
import type { Verdict } from '../../detectors/detector.ts'
import type { Anomaly, AnomalyRun } from '../../events/transition.ts'
import type { ActiveRule } from '../active-rules.ts'
import { Watch } from '../watch.ts'
import type { StoredSample } from '../../store/types/samples.ts'

/** The anomalies that the rules find in the last sample, having learned those before it. */
export function evaluateDrill(rules: readonly ActiveRule[], samples: readonly StoredSample[]): Anomaly[] {
  const last = samples.at(-1)!
  return rules.flatMap(({ rule, detector }) => {
    const watch = new Watch(detector, rule)
    for (const sample of samples.slice(0, -1)) watch.evaluate(sample)
    const verdict = watch.evaluate(last)
    if (watch.transitionKind !== 'anomaly') return []
    return [{ kind: 'anomaly', rule, sample: last, verdict, run: runOf(last, verdict), flapping: false }]
  })
}

/** Only the last value of a drill raises an event, whatever came before it. */
const runOf = ({ id, time, value }: StoredSample, verdict: Verdict): AnomalyRun => ({
  side: sideOf(verdict, value),
  firstId: id,
  since: time,
  lasting: 0,
  count: 1,
  troubleFrom: id,
  severity: verdict.score,
})
