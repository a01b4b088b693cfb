// Counters as detectors see them.
import { describe, expect, it } from 'vitest'
import { isCounter } from '../../../shared/domain/counters.ts'
import { asEvaluated, suited } from '../../../electron/core/detectors/counter.ts'
import { prepareDetector } from '../../../electron/core/detectors/registry.ts'
import { INSUFFICIENT_DATA } from '../../../electron/core/detectors/detector.ts'
import { flagged, evaluate, settingsFor } from './evaluate.ts'
import { every5s } from './series.ts'
import { randomFrom } from '../../support/random.ts'

const COUNTER = 'http_requests_total{code="500"}'
const above = (threshold: number) => ({ threshold, operator: 'above' as const })

describe('a counter', () => {
  it.each([
    ['http_requests_total', true],
    [COUNTER, true],
    ['http:requests_total', true],
    ['latency_seconds_bucket{le="0.5"}', true],
    ['latency_seconds_bucket{host="a",le="+Inf"}', true],
    ['token_bucket', false],
    ['token_bucket{file="le"}', false],
    ['process_count', false],
    ['latency_seconds_sum', false],
    ['MEMORY_TOTAL', false],
    ['CPU', false],
    ['memory total', false],
    ['cpu{of="x_total"}', false],
  ])('is known by its name: %s: %s', (metricType, expected) => {
    expect(isCounter(metricType)).toBe(expected)
  })

  it('is evaluated by its rate per second, by a limit too', () => {
    const series = [100, 150, 200, 300]
    const verdicts = evaluate('THRESHOLD', series, above(15), COUNTER)
    expect(verdicts[0]!.reason).toBe(INSUFFICIENT_DATA)
    expect(verdicts.slice(1).map(({ rate }) => rate)).toEqual([10, 10, 20])
    expect(verdicts[3]).toMatchObject({ score: 1, upper: 15, reason: 'Per second: 20 is above the limit of 15.' })
    expect(flagged(evaluate('THRESHOLD', series, above(15)))).toEqual([0, 1, 2, 3])
  })

  it('counts from 0 after a reset, which is no fall', () => {
    const series = [...Array.from({ length: 50 }, (_, i) => 1000 + 10 * i), 5, 15, 25]
    const verdicts = evaluate('ZSCORE', series, {}, COUNTER)
    expect(verdicts.slice(-3).map(({ rate }) => rate)).toEqual([1, 2, 2])
    expect(verdicts.at(-1)!.score).toBe(0)
  })

  it('treats a small dip as noise, with a reason', () => {
    const verdicts = evaluate('THRESHOLD', [66_668, 66_718, 66_717.9844, 66_768], above(15), COUNTER)
    expect(verdicts.map(({ rate }) => rate)).toEqual([undefined, 10, 10, 5])
    expect(verdicts[2]).toMatchObject({
      score: 0,
      reason: 'The counter fell by 0.0156 from 66720: too little for a reset, so it is ignored.',
    })
  })

  it('takes a single false 0 for none: what came since is counted from before it', () => {
    const verdicts = evaluate('THRESHOLD', [66_568, 66_618, 0, 66_668, 66_718], above(15), COUNTER)
    expect(verdicts.map(({ rate }) => rate)).toEqual([undefined, 10, 0, 5, 10])
    expect(Math.max(...verdicts.map(({ score }) => score))).toBe(0)
  })

  it('follows a counter that fell by a little and stays there', () => {
    const rates = evaluate('THRESHOLD', [1000, 1050, 900, 950, 1000], above(15), COUNTER).map(({ rate }) => rate)
    expect(rates).toEqual([undefined, 10, 10, 10, 10])
  })

  it('takes no time for no time', () => {
    const base = every5s([0, 50, 100])
    const { time } = base.at(-1)!
    const series = [...base, { time, value: 130 }, { time: time + 5000, value: 150 }]
    expect(evaluate('THRESHOLD', series, above(15), COUNTER).map(({ rate }) => rate)).toEqual([
      undefined,
      10,
      10,
      10,
      10,
    ])
  })

  it('spreads what was counted over a gap', () => {
    const series = [...every5s([0, 50, 100]), { time: every5s([0])[0]!.time + 110_000, value: 1100 }]
    expect(evaluate('THRESHOLD', series, above(15), COUNTER).at(-1)!.rate).toBe(10)
  })

  it('goes on from its saved state, and never from that of a value', () => {
    const random = randomFrom(8)
    let sum = 0
    const series = every5s(Array.from({ length: 200 }, () => (sum += random() * 10)))
    const prepared = suited(prepareDetector(settingsFor('MAD')), COUNTER)
    let resumed = prepared.create()
    const steady = prepared.create()
    for (const [index, sample] of series.entries()) {
      if (index % 7 === 0) resumed = prepared.create(JSON.parse(JSON.stringify(resumed.state())))
      const verdict = steady.score(sample)
      expect(resumed.score(sample)).toEqual(verdict)
      resumed.learn(sample, verdict)
      steady.learn(sample, verdict)
    }
    expect(prepared.version).not.toBe(prepareDetector(settingsFor('MAD')).version)
  })

  it('is reported with its rate and its unit', () => {
    const verdict = { score: 1, figure: 1, lower: null, upper: null, samples: null, reason: '' }
    const sample = { time: 0, value: 1e6, unit: 'B' }
    expect(asEvaluated(sample, { ...verdict, rate: 12 })).toEqual({ time: 0, value: 12, unit: 'B/s' })
    expect(asEvaluated(sample, verdict)).toBe(sample)
  })

  it('is silent as it is: its silence has no rate', () => {
    const prepared = prepareDetector(settingsFor('NO_DATA'))
    expect(suited(prepared, COUNTER)).toBe(prepared)
  })
})
