import { describe, expect, it } from 'vitest'
import {
  prepareDetector,
  problemsOfSettings,
  type DetectorSettings,
} from '../../../electron/core/detectors/registry.ts'
import { settingsFor } from './evaluate.ts'

const rule = (overrides: Partial<DetectorSettings>) => settingsFor('THRESHOLD', { threshold: 90, ...overrides })

const fires = (settingsFor: DetectorSettings, value: number) =>
  prepareDetector(settingsFor).create().score({ time: 0, value }).score >= 0.5

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
  ] as const)('%j: %d fires: %s', (overrides, value, expected) => {
    expect(fires(rule(overrides), value)).toBe(expected)
  })

  it.each([
    [{ params: { recovery: 80 } }, [79, 80, 80.1, 90, 91]],
    [{ operator: 'below', params: { recovery: 100 } }, [101, 100, 99.9, 90, 89]],
  ] as const)('%j: between recovery and limit it is neither anomalous nor normal', (overrides, values) => {
    const detector = prepareDetector(rule(overrides)).create()
    expect(values.map((value) => detector.score({ time: 0, value }).score)).toEqual([0, 0, 0.45, 0.45, 1])
  })

  it.each([
    [{ threshold: null }, ['threshold']],
    [{ operator: 'outside' }, ['params.lower', 'params.upper']],
    [{ operator: 'outside', params: { lower: 2, upper: 1 } }, ['params.lower']],
    [{ operator: 'outside', params: { lower: 'low', upper: 1 } }, ['params.lower']],
    [{ params: { recovery: 91 } }, ['params.recovery']],
    [{ operator: 'below', params: { recovery: 89 } }, ['params.recovery']],
    [{ operator: 'outside', params: { lower: 1, upper: 3, recovery: 2 } }, ['params.recovery']],
    [{ operator: 'below', params: { recovery: 95 } }, []],
    [{ params: { recovery: 90 } }, []],
    [{ method: 'NONE' }, ['method']],
    [{ method: 'ZSCORE', params: { window: 3 } }, ['params.window']],
    [{}, []],
  ] as const)('%j: names what is wrong: %j', (overrides, paths) => {
    expect(problemsOfSettings(rule(overrides as Partial<DetectorSettings>)).map(({ path }) => path)).toEqual(paths)
  })
})
