import { describe, expect, it } from 'vitest'
import { prepareDetector, problemsOfJudging, type Judging } from '../../../electron/core/detectors/registry.ts'

const rule = (overrides: Partial<Judging>): Judging => ({
  method: 'THRESHOLD',
  z_threshold: 3,
  iqr_factor: 1.5,
  threshold: 90,
  operator: 'above',
  min_samples: 10,
  params: {},
  ...overrides,
})

const rings = (judging: Judging, value: number) =>
  prepareDetector(judging).create().score({ time: 0, value }).score >= 0.5

describe('THRESHOLD', () => {
  it.each([
    [{ operator: 'above' }, 90.1, true],
    [{ operator: 'above' }, 90, false],
    [{ operator: 'below' }, 89.9, true],
    [{ operator: 'below' }, 90, false],
    [{ operator: 'outside', params: { lower: 1, upper: 2 } }, 1, false],
    [{ operator: 'outside', params: { lower: 1, upper: 2 } }, 2, false],
    [{ operator: 'outside', params: { lower: 1, upper: 2 } }, 0.9, true],
    [{ operator: 'outside', params: { lower: 1, upper: 2 } }, 2.1, true],
  ] as const)('%j: %d rings: %s', (overrides, value, expected) => {
    expect(rings(rule(overrides), value)).toBe(expected)
  })

  it.each([
    [{ threshold: null }, ['threshold']],
    [{ operator: 'outside' }, ['params.lower', 'params.upper']],
    [{ operator: 'outside', params: { lower: 2, upper: 1 } }, ['params.lower']],
    [{ operator: 'outside', params: { lower: 'low', upper: 1 } }, ['params.lower']],
    [{ method: 'NONE' }, ['method']],
    [{ method: 'ZSCORE', params: { window: 3 } }, ['params.window']],
    [{}, []],
  ] as const)('%j: names what is wrong: %j', (overrides, paths) => {
    expect(problemsOfJudging(rule(overrides as Partial<Judging>)).map(({ path }) => path)).toEqual(paths)
  })
})
