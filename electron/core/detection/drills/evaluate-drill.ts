// Evaluates a drill with the watches that evaluate live samples. They are new for each drill: a drill changes no baseline,
// neither that of the real series nor that of the next drill.
import type { Transition } from '../../events/transition.ts'
import type { ActiveRule } from '../active-rules.ts'
import { Watch } from '../watch.ts'
import type { StoredSample } from '../../store/types/samples.ts'

/** The anomalies that the rules find in the last sample, having learned those before it. */
export function evaluateDrill(rules: readonly ActiveRule[], samples: readonly StoredSample[]): Transition[] {
  const last = samples.at(-1)!
  return rules.flatMap(({ rule, detector }) => {
    const watch = new Watch(detector, rule)
    for (const sample of samples.slice(0, -1)) watch.evaluate(sample)
    const verdict = watch.evaluate(last)
    if (watch.transitionKind !== 'anomaly') return []
    return [ofLastSample(watch.transitionOf('anomaly', rule, last, verdict))]
  })
}

/** Only the last value of a drill raises an event, whatever came before it, and the rule's `for` does not delay it. */
function ofLastSample(transition: Transition): Transition {
  if (transition.kind !== 'anomaly') return transition
  const { rule, sample, verdict, run } = transition
  const { id, time } = sample
  return {
    ...transition,
    rule: { ...rule, for_seconds: 0 },
    run: { side: run.side, firstId: id, since: time, lasting: 0, count: 1, troubleFrom: id, severity: verdict.score },
    flapping: false,
  }
}
