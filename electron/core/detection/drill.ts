// A drill: made-up samples on a shadow of a series. The rules that watch the real series judge the shadow with fresh
// detectors, so no real baseline hears of it and no earlier drill is remembered.
import type { Verdict } from '../detectors/detector.ts'
import type { ActiveRule } from './active-rules.ts'
import { Watch } from './watch.ts'
import type { StoredSample } from '../store/types/samples.ts'

export interface DrillVerdict {
  active: ActiveRule
  verdict: Verdict
}

/** What each rule says of the last sample, having learned those before it. */
export function evaluateDrill(rules: readonly ActiveRule[], samples: readonly StoredSample[]): DrillVerdict[] {
  return rules.map((active) => {
    const watch = new Watch(active.detector, active.rule)
    const verdicts = samples.map((sample) => watch.evaluate(sample))
    return { active, verdict: verdicts.at(-1)! }
  })
}

/**
 * Values that scatter normally around a mean (Box and Muller, 1958).
 *
 * @param random uniform in [0, 1)
 */
export function normalValues(count: number, mean: number, deviation: number, random: () => number): number[] {
  return Array.from({ length: count }, () => {
    const distance = Math.sqrt(-2 * Math.log(1 - random()))
    return mean + deviation * distance * Math.cos(2 * Math.PI * random())
  })
}
