// Series for tests, each the same on every run.
import type { Observation } from '../../../electron/core/detectors/detector.ts'
import { randomFrom } from '../../support/random.ts'

export const every5s = (values: readonly number[]): Observation[] =>
  values.map((value, index) => ({ time: 1_700_000_000_000 + index * 5000, value }))

const noise = (random: () => number) => random() + random() + random() + random() - 2

/** Series of every kind that a detector must live with, by name. */
export function awkwardSeries(length = 600): Record<string, Observation[]> {
  const random = randomFrom(7)
  const make = (value: (index: number) => number) => every5s(Array.from({ length }, (_, index) => value(index)))
  return {
    noisy: make(() => 50 + 5 * noise(random)),
    constant: make(() => 42),
    'constant zero': make(() => 0),
    step: make((i) => (i < 400 ? 10 : 1000) + noise(random)),
    spikes: make((i) => (i % 97 === 96 ? 1e6 : 3 + noise(random))),
    'few integers': make(() => Math.floor(random() * 3)),
    'twelve orders of magnitude': make(() => 10 ** (random() * 12 - 6)),
    'huge offset': make(() => 1e12 + noise(random)),
    negative: make(() => -100 + 20 * noise(random)),
    'extreme doubles': make((i) => (i % 2 ? 1e300 : -1e300)),
    tiny: make(() => 5e-324 * Math.round(random() * 3)),
    'daily wave': make((i) => 100 * Math.sin(i / 50) + noise(random)),
  }
}
