// A series evaluated by a detector alone, each sample scored before it is learned.
import { prepareDetector, type DetectorSettings } from '../../../electron/core/detectors/registry.ts'
import { suited } from '../../../electron/core/detectors/counter.ts'
import type { Observation, Verdict } from '../../../electron/core/detectors/detector.ts'
import { every5s } from './series.ts'

export const settingsFor = (method: string, overrides: Partial<DetectorSettings> = {}): DetectorSettings => ({
  method,
  z_threshold: 3,
  iqr_factor: 1.5,
  threshold: null,
  operator: 'above',
  min_samples: 10,
  params: {},
  ...overrides,
})

/** @param metricType as what the series is evaluated: `x_total` makes it a counter */
export function evaluate(
  method: string,
  series: readonly Observation[] | readonly number[],
  overrides: Partial<DetectorSettings> = {},
  metricType = 'VALUE',
): Verdict[] {
  const detector = suited(prepareDetector(settingsFor(method, overrides)), metricType).create()
  return series.map((each, index) => {
    const observation = typeof each === 'number' ? every5s([each])[0]! : each
    const sample = typeof each === 'number' ? { ...observation, time: observation.time + index * 5000 } : observation
    const verdict = detector.score(sample)
    detector.learn(sample, verdict)
    return verdict
  })
}

/** The places of the flagged samples. */
export const flagged = (verdicts: readonly Verdict[]): number[] =>
  verdicts.flatMap(({ score }, index) => (score >= 0.5 ? [index] : []))
