// ZSCORE and IQR against their definitions, and the verdicts that a person would give.
import { describe, expect, it } from 'vitest'
import { prepareDetector, type DetectorSettings } from '../../../electron/core/detectors/registry.ts'
import type { Verdict } from '../../../electron/core/detectors/detector.ts'
import { evaluate as evaluateBy, settingsFor } from './evaluate.ts'
import { every5s } from './series.ts'
import { randomFrom } from '../../support/random.ts'

/** The verdicts on a series, by ZSCORE unless the overrides name another method. */
const evaluate = (values: number[], { method = 'ZSCORE', ...overrides }: Partial<DetectorSettings> = {}): Verdict[] =>
  evaluateBy(method, values, overrides)

const random = randomFrom(3)
const noisy = (count: number, level = 50) => Array.from({ length: count }, () => level + random() * 4 - 2)
const flagged = (verdicts: Verdict[]) => verdicts.filter(({ score }) => score >= 0.5).length
const classic = ['ZSCORE', 'IQR']

describe('ZSCORE', () => {
  it('is the distance from the mean in sample standard deviations, the tested sample left out', () => {
    const baseline = [2, 4, 4, 4, 5, 5, 7, 9, 6, 4]
    const mean = baseline.reduce((sum, value) => sum + value) / 10
    const deviation = Math.sqrt(baseline.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 9)
    const last = evaluate([...baseline, 20], { z_threshold: 4 }).at(-1)!
    expect(last.figure).toBeCloseTo((20 - mean) / deviation, 10)
    expect(last.lower).toBeCloseTo(mean - 4 * deviation, 10)
    expect(last.upper).toBeCloseTo(mean + 4 * deviation, 10)
    expect(last.score).toBeCloseTo(1 - 2 ** -((20 - mean) / deviation / 4), 10)
  })

  it('has its alarm line at the threshold', () => {
    const baseline = [-1, 1, -1, 1, -1, 1, -1, 1, -1, 1]
    const deviation = Math.sqrt(10 / 9)
    expect(evaluate([...baseline, 3 * deviation * 1.0001]).at(-1)!.score).toBeGreaterThan(0.5)
    expect(evaluate([...baseline, 3 * deviation * 0.9999]).at(-1)!.score).toBeLessThan(0.5)
  })

  it('keeps the mean and spread of its window exact while an outlier passes through', () => {
    const values = [...noisy(60), 1e9, ...noisy(4000)]
    const detector = prepareDetector(settingsFor('ZSCORE', { z_threshold: 1e6, params: { window: 50 } })).create()
    for (const observation of every5s(values)) detector.learn(observation, { ...detector.score(observation), score: 0 })
    const window = values.slice(-50)
    const mean = window.reduce((sum, value) => sum + value) / 50
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 49)
    expect(detector.score({ time: 0, value: 100 }).figure).toBeCloseTo((100 - mean) / deviation, 6)
  })
})

describe('IQR', () => {
  it('is the distance from the nearer quartile in interquartile ranges', () => {
    const last = evaluate([1, 2, 3, 4, 5, 6, 7, 8, 9, 20], { method: 'IQR', min_samples: 9 }).at(-1)!
    expect(last).toMatchObject({ figure: (20 - 7) / 4, lower: 3 - 6, upper: 7 + 6 })
  })

  it('agrees with sorting the window, whatever passes through it', () => {
    const values = Array.from({ length: 500 }, () => Math.round(random() * 20))
    const detector = prepareDetector(settingsFor('IQR', { params: { window: 40 } })).create()
    for (const [index, observation] of every5s(values).entries()) {
      const window = values.slice(Math.max(0, index - 40), index).toSorted((a, b) => a - b)
      const at = (share: number) => {
        const position = share * (window.length - 1)
        const below = window[Math.floor(position)]!
        return below + (position % 1) * (window[Math.ceil(position)]! - below)
      }
      const verdict = detector.score(observation)
      if (window.length >= 10) {
        expect(verdict.lower).toBeCloseTo(at(0.25) - 1.5 * (at(0.75) - at(0.25)), 10)
        expect(verdict.upper).toBeCloseTo(at(0.75) + 1.5 * (at(0.75) - at(0.25)), 10)
      }
      detector.learn(observation, { ...verdict, score: 0 })
    }
  })
})

describe.each(classic)('%s', (method) => {
  it('fires for a jump over a flat line and not for the same value again', () => {
    expect(flagged(evaluate(Array<number>(200).fill(50), { method }))).toBe(0)
    expect(evaluate([...Array<number>(50).fill(50), 51], { method }).at(-1)!.score).toBeGreaterThan(0.9)
    expect(evaluate([...Array<number>(50).fill(0), 1], { method }).at(-1)!.score).toBeGreaterThan(0.9)
  })

  it('takes rounding errors on a flat line for nothing', () => {
    expect(
      flagged(
        evaluate(
          Array.from({ length: 100 }, (_, i) => (i % 2 ? 0.3 : 0.1 + 0.2)),
          { method },
        ),
      ),
    ).toBe(0)
  })

  it('still fires at the end of an outage of ten minutes', () => {
    const outage = Array.from({ length: 120 }, () => 500 + random())
    expect(evaluate([...noisy(300), ...outage], { method }).at(-1)!.score).toBeGreaterThan(0.5)
  })

  it('takes a lasting new level for normal in the end', () => {
    const lasting = Array.from({ length: 1500 }, () => 500 + random() * 4 - 2)
    expect(evaluate([...noisy(300), ...lasting], { method }).at(-1)!.score).toBeLessThan(0.5)
  })

  it('is quiet about changes that are too small to matter', () => {
    const slight = [...Array<number>(100).fill(40), 41]
    expect(evaluate(slight, { method, params: { min_change: 0.1 } }).at(-1)!.score).toBe(0)
    expect(evaluate([...slight, 60], { method, params: { min_change: 0.1 } }).at(-1)!.score).toBeGreaterThan(0.5)
  })

  it('gives the reason in one sentence', () => {
    const { reason } = evaluate([...noisy(100), 400], { method }).at(-1)!
    expect(reason).toMatch(/^400 is [\d.]+ (standard deviations|interquartile ranges) above .* \d+ samples.*\.$/)
  })
})
