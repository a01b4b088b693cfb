// How far a setting must go for an event to have kept quiet: in a number for people, on the quiet side of it.
import { describe, expect, it } from 'vitest'
import type { BacktestFiring } from '../../../electron/core/backtest/backtest-firing.ts'
import { tunablesOf, withValue } from '../../../electron/core/backtest/tunables.ts'
import { scoreOf } from '../../../electron/core/detectors/detector.ts'
import { ruleIn, type RuleIn } from '../../../shared/schemas/rule.ts'

const ruleOf = (given: Partial<RuleIn> & { method: string }) => ({
  threshold: null,
  ...ruleIn.parse({ name: 'n', ...given }),
})

const firing = (given: Partial<BacktestFiring>) =>
  ({ began_at: '2026-01-01T00:00:00.000Z', last_seen_at: '2026-01-01T06:00:00.000Z', ...given }) as BacktestFiring

const needs = (rule: Partial<RuleIn> & { method: string }, given: Partial<BacktestFiring>) =>
  tunablesOf(ruleOf(rule) as never).map((tunable) => [tunable.field, tunable.silentAt(firing(given))])

const far = (ratio: number) => ({ score: scoreOf(ratio) })

describe('what keeps quiet', () => {
  it.each([
    ['ZSCORE', 3.6813 / 3, 'z_threshold', 3.7],
    ['MAD', 1, 'z_threshold', 3.1],
    ['SEASONAL', 1.2, 'z_threshold', 3.7],
    ['IQR', 2, 'iqr_factor', 3.1],
    ['ADAPTIVE', 1.23, 'params.sensitivity', 0.81],
    ['ADAPTIVE', 11, 'params.sensitivity', null],
    ['ZSCORE', Infinity, 'z_threshold', null],
  ])('%s at %d times its line needs %s %d', (method, ratio, field, value) => {
    expect(needs({ method }, far(ratio))[0]).toEqual([field, value])
  })

  it.each([
    [{ threshold: 90 }, 91.37, ['threshold', 92]],
    [{ threshold: 1000 }, 1113, ['threshold', 1120]],
    [{ threshold: 5, operator: 'below' }, -3.14, ['threshold', -3.2]],
    [{ threshold: 5, operator: 'below' }, 0, ['threshold', 0]],
    [{ operator: 'outside', params: { lower: 0, upper: 10 } }, 12, ['params.upper', 12]],
  ] as const)('a limit of %j lies at the peak of %d', (rule, peak_value, needed) => {
    expect(needs({ method: 'THRESHOLD', ...rule }, { peak_value })[0]).toEqual(needed)
  })

  it('a side of a limit that was not crossed has nothing to do with it', () => {
    const rule = { method: 'THRESHOLD', operator: 'outside', params: { lower: 0, upper: 10 } } as const
    expect(needs(rule, { peak_value: 12 })[1]).toEqual(['params.lower', null])
  })

  it('limits of a speed are its limits, by direction', () => {
    const rule = { method: 'RATE', params: { rise: 5, fall: 5 } }
    expect(needs(rule, { figure: -7 }).slice(0, 2)).toEqual([
      ['params.rise', null],
      ['params.fall', 7],
    ])
    expect(needs({ method: 'RATE' }, far(1.1))[0]![0]).toBe('z_threshold')
  })

  it('waiting helps with what is over soon', () => {
    const after = (last_seen_at: string) =>
      needs({ method: 'ZSCORE', for_seconds: 30 }, { ...far(9), last_seen_at }).at(-1)
    expect(after('2026-01-01T00:00:10.000Z'), 'longer than now').toEqual(['for_seconds', 45])
    expect(after('2026-01-01T00:02:00.000Z'), 'longer than it lasted').toEqual(['for_seconds', 180])
    expect(after('2026-01-01T01:00:00.000Z')).toEqual(['for_seconds', null])
  })

  it('NO_DATA has nothing to turn', () => expect(needs({ method: 'NO_DATA' }, {})).toEqual([]))
})

it('one param is changed and the others stay', () => {
  const rule = ruleOf({ method: 'ADAPTIVE', params: { min_change: 0.2 } })
  expect(withValue(rule, { field: 'params.sensitivity' }, 0.8)).toEqual({
    params: { min_change: 0.2, sensitivity: 0.8 },
  })
  expect(withValue(rule, { field: 'z_threshold' }, 4)).toEqual({ z_threshold: 4 })
})
