// What every detector promises, over the whole registry and every kind of series.
import { describe, expect, it } from 'vitest'
import { detectors, prepareDetector, type DetectorSettings } from '../../../electron/core/detectors/registry.ts'
import { INSUFFICIENT_DATA } from '../../../electron/core/detectors/detector.ts'
import { awkwardSeries } from './series.ts'

const METHODS = 9
const MAX_STATE_BYTES = 32 * 1024

const settingsFor = (method: string): DetectorSettings => ({
  method,
  z_threshold: 3,
  iqr_factor: 1.5,
  threshold: 50,
  operator: 'above',
  min_samples: 10,
  params: {},
})

const overJson = (state: unknown): unknown => JSON.parse(JSON.stringify(state))

it(`covers all ${METHODS} detectors`, () => {
  expect(new Set(detectors.map(({ method }) => method)).size).toBe(METHODS)
})

describe.each(detectors.map(({ method, uses }) => [method, uses] as const))('%s', (method, uses) => {
  const make = (state?: unknown) => prepareDetector(settingsFor(method)).create(state)

  it.each(Object.entries(awkwardSeries()))('evaluates a series that is %s', (_, series) => {
    const detector = make()
    const twin = make()
    for (const observation of series) {
      const before = JSON.stringify(detector.state())
      const verdict = detector.score(observation)
      expect(verdict.score).toBeGreaterThanOrEqual(0)
      expect(verdict.score).toBeLessThanOrEqual(1)
      for (const number of [verdict.figure, verdict.lower, verdict.upper])
        if (number !== null) expect(Number.isFinite(number)).toBe(true)
      expect(verdict.reason).not.toBe('')
      expect(JSON.stringify(detector.state()), 'score changed the state').toBe(before)
      expect(twin.score(observation), 'the same input gave another verdict').toEqual(verdict)
      detector.learn(observation, verdict)
      twin.learn(observation, verdict)
      expect(before.length).toBeLessThan(MAX_STATE_BYTES)
    }
  })

  it.each(Object.entries(awkwardSeries(1000)))('goes on from its saved state in a series that is %s', (_, series) => {
    let resumed = make()
    const steady = make()
    for (const [index, observation] of series.entries()) {
      if (index % 37 === 0) resumed = make(overJson(resumed.state()))
      const verdict = steady.score(observation)
      expect(resumed.score(observation)).toEqual(verdict)
      steady.learn(observation, verdict)
      resumed.learn(observation, verdict)
    }
  })

  it('states that the first samples are too few, or needs none', () => {
    const [first] = awkwardSeries().noisy!
    const { score, samples, reason } = make().score(first!)
    if (uses.includes('min_samples'))
      expect({ score, samples, reason }).toEqual({ score: 0, samples: 0, reason: INSUFFICIENT_DATA })
    else expect(reason).not.toBe(INSUFFICIENT_DATA)
  })
})
