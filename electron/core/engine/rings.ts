// When a rule would have rung over a history: pure, for previews and backtests. Each ring is an event that would have
// been raised, lived and resolved itself as it does live, with nobody there to have a hand in it.
import { asJudged } from '../detectors/counter.ts'
import type { Verdict } from '../detectors/detector.ts'
import type { PreparedDetector } from '../detectors/registry.ts'
import { createLife, type Life, type Timing } from '../events/lifecycle.ts'
import { Watch, type Recovery, type WatchedSample } from './watch.ts'

export interface Ring<Sample> {
  /** The sample at which somebody would have been told. */
  sample: Sample
  verdict: Verdict
  /** What became of the event, up to the end of the history. */
  event: Life
}

export interface RingsOfSeries<Sample> {
  samples: number
  flagged: number
  rings: Ring<Sample>[]
}

/**
 * @param samples of one series, in the order of their ids; those before `since` are judged and don't count
 * @param since milliseconds since 1970 in UTC
 */
export function ringsOf<Sample extends WatchedSample>(
  detector: PreparedDetector,
  rule: Timing & Recovery,
  samples: Iterable<Sample>,
  since: number,
): RingsOfSeries<Sample> {
  const watch = new Watch(detector, rule)
  const life = createLife()
  const found: RingsOfSeries<Sample> = { samples: 0, flagged: 0, rings: [] }
  for (const sample of samples) {
    const verdict = watch.judge(sample)
    const { moment } = watch
    const rang = moment !== null && life.hear(watch.news(moment, rule, sample, verdict))
    if (sample.time < since) continue
    found.samples++
    if (moment === 'anomaly') found.flagged++
    if (rang) found.rings.push({ sample: asJudged(sample, verdict), verdict, event: life.newest()! })
  }
  return found
}
