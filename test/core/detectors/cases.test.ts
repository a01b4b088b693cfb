// Series that life brings, each with the verdict that a person would give.
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../shared/domain/time.ts'
import { detectors } from '../../../electron/core/detectors/registry.ts'
import type { Observation } from '../../../electron/core/detectors/detector.ts'
import { flagged, evaluate } from './evaluate.ts'
import { every5s } from './series.ts'
import { randomFrom } from '../../support/random.ts'

const START = 1_700_000_000_000
const random = randomFrom(21)
const noise = () => random() + random() + random() + random() - 2
const noisy = (count: number, level = 50, width = 1) => Array.from({ length: count }, () => level + width * noise())
const at = (times: readonly number[], value: (index: number) => number): Observation[] =>
  times.map((time, index) => ({ time, value: value(index) }))

/** Those that know a single odd value, and those that need it to last. */
const quick = ['ZSCORE', 'IQR', 'MAD', 'RATE', 'SEASONAL']
const learning = [...quick, 'DRIFT']
/** Wide enough that noise alone doesn't fire. */
const strictSettings = { z_threshold: 6, iqr_factor: 3, min_samples: 100 }

it('looks at every detector that learns values', () => {
  const others = ['THRESHOLD', 'NO_DATA', 'ADAPTIVE']
  expect(detectors.map(({ method }) => method).filter((method) => !others.includes(method))).toEqual(
    expect.arrayContaining(learning),
  )
  expect(new Set(learning).size).toBe(detectors.filter(({ method }) => !others.includes(method)).length)
})

describe.each(quick)('%s', (method) => {
  it('fires for a jump over a constant, not for the same value again', () => {
    expect(flagged(evaluate(method, Array<number>(600).fill(42), strictSettings))).toEqual([])
    expect(evaluate(method, [...Array<number>(400).fill(42), 43], strictSettings).at(-1)!.score).toBeGreaterThan(0.5)
    expect(evaluate(method, [...Array<number>(400).fill(0), 1], strictSettings).at(-1)!.score).toBeGreaterThan(0.5)
  })

  it('fires for a spike, and for the next one an hour later', () => {
    const series = [...noisy(400), 500, ...noisy(700), 500, ...noisy(50)]
    const found = flagged(evaluate(method, series, strictSettings))
    expect(found).toContain(400)
    expect(found).toContain(1101)
    // A change has two ends: recovery is as fast as the way there.
    expect(found.filter((place) => ![400, 401, 1101, 1102].includes(place))).toEqual([])
  })

  it('handles a series that stops for a day and returns unchanged', () => {
    const times = Array.from({ length: 800 }, (_, index) => START + index * 5000 + (index < 400 ? 0 : 24 * HOUR))
    expect(
      flagged(
        evaluate(
          method,
          at(times, () => 50 + noise()),
          strictSettings,
        ),
      ),
    ).toEqual([])
  })
})

describe.each(learning)('%s', (method) => {
  it('fires at none of the ones among zeros, nor at the twos', () => {
    const regular = Array.from({ length: 600 }, (_, index) => [0, 0, 1, 0, 0, 2][index % 6]!)
    // The first two may be news.
    expect(flagged(evaluate(method, regular)).filter((place) => place > 12)).toEqual([])
    const mixed = Array.from(
      { length: 1200 },
      (_, index) => [0, 0, 1, 0, 0, 2][index < 12 ? index % 6 : Math.floor(random() * 6)]!,
    )
    expect(flagged(evaluate(method, mixed, strictSettings))).toEqual([])
  })

  it('handles samples at irregular times', () => {
    let time = START
    const times = Array.from({ length: 1500 }, () => (time += 200 + random() * 20_000))
    expect(
      flagged(
        evaluate(
          method,
          at(times, () => 50 + noise()),
          strictSettings,
        ),
      ),
    ).toEqual([])
  })

  it('handles duplicate samples, at the same time or a moment later', () => {
    const twice = every5s(noisy(600)).flatMap((sample) => [sample, sample, { ...sample, time: sample.time + 3 }])
    expect(flagged(evaluate(method, twice, strictSettings))).toEqual([])
  })

  it('handles a gap in a series that rises slowly', () => {
    const times = Array.from({ length: 900 }, (_, index) => START + index * 5000 + (index < 450 ? 0 : 600_000))
    const series = at(times, (index) => 50 + (times[index]! - START) / 1e7 + noise())
    expect(flagged(evaluate(method, series, strictSettings))).toEqual([])
  })

  it.each([1e-6, 1e-3, 1, 1e3, 1e6])('gives the same verdicts at a scale of %d', (scale) => {
    const series = [...noisy(400), ...noisy(60, 80)]
    const scores = (values: number[]) => evaluate(method, values, strictSettings).map(({ score }) => score)
    const [here, there] = [scores(series), scores(series.map((value) => value * scale))]
    for (const [index, score] of here.entries()) expect(there[index]!).toBeCloseTo(score, 6)
    expect(Math.max(...here)).toBeGreaterThan(0.5)
  })

  it('does not lose its mind over values across twelve orders of magnitude', () => {
    const wild = Array.from({ length: 2000 }, () => 10 ** (random() * 12 - 6))
    const found = flagged(evaluate(method, wild))
    // Half of them are far above the rest by any measure, but not all are news.
    expect(found.length).toBeLessThan(1200)
  })

  it('knows a counter by its rate, whatever it counted and however often it began anew', () => {
    let sum = 1e9
    const counter = Array.from(
      { length: 900 },
      (_, index) => (sum = (index % 250 === 249 ? 0 : sum) + 50 + 5 * noise()),
    )
    const found = flagged(evaluate(method, counter, strictSettings, 'requests_total'))
    expect(found).toEqual([])
    expect(flagged(evaluate(method, counter, strictSettings)).length).toBeGreaterThan(0)
  })
})

describe.each(learning.filter((method) => method !== 'RATE'))('%s', (method) => {
  it('still fires eight minutes into a step, and has got used to it in the end', () => {
    // SEASONAL needs half a day; the others go by samples.
    const every = method === 'SEASONAL' ? 60_000 : 5000
    const step = method === 'SEASONAL' ? 2 * 1440 : 500
    const times = Array.from({ length: step + 3000 }, (_, index) => START + index * every)
    const found = flagged(
      evaluate(
        method,
        at(times, (index) => (index < step ? 50 : 90) + noise()),
        { ...strictSettings, z_threshold: 4 },
      ),
    )
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((place) => place >= step)).toBe(true)
    expect(found).toContain(step + 480_000 / every)
    expect(found.at(-1)).toBeLessThan(step + 2900)
  })
})

describe('DRIFT', () => {
  it('does not fire for a spike, but for a lasting jump of a constant', () => {
    expect(flagged(evaluate('DRIFT', [...noisy(400), 500, ...noisy(700), 500, ...noisy(50)]))).toEqual([])
    expect(
      flagged(evaluate('DRIFT', [...Array<number>(400).fill(42), ...Array<number>(60).fill(43)])).length,
    ).toBeGreaterThan(0)
    expect(flagged(evaluate('DRIFT', Array<number>(600).fill(42)))).toEqual([])
  })
})

describe('NO_DATA', () => {
  const silence = (times: readonly number[], overrides = {}) =>
    flagged(
      evaluate(
        'NO_DATA',
        at(times, () => 1),
        overrides,
      ),
    )
  const every = (interval: number, count: number, from = START) =>
    Array.from({ length: count }, (_, index) => from + index * interval)

  it('flags the sample after too long a gap, and no other', () => {
    const times = [...every(5000, 100), ...every(5000, 100, START + 10 * 60_000 + 500_000)]
    expect(silence(times)).toEqual([100])
  })

  it('knows the rhythm of every series', () => {
    const gap = (interval: number, gaps: number) => [...every(interval, 100), START + (99 + gaps) * interval]
    expect(silence(gap(5000, 10))).toEqual([])
    expect(silence(gap(5000, 13))).toEqual([100])
    expect(silence(gap(HOUR, 2.9))).toEqual([])
    expect(silence(gap(HOUR, 3.1))).toEqual([100])
    expect(silence(gap(HOUR, 3.1), { params: { factor: 4 } })).toEqual([])
    expect(silence(gap(5000, 10), { params: { at_least_seconds: 20 } })).toEqual([100])
  })

  it('handles bursts with regular gaps between them', () => {
    const bursts = Array.from({ length: 40 }, (_, day) => every(1000, 10, START + day * 24 * HOUR)).flat()
    // The first nights are news.
    expect(silence(bursts).filter((place) => place > 30)).toEqual([])
  })

  it('gets used to a new rhythm', () => {
    const slower = [...every(5000, 200), ...every(300_000, 100, START + 1_000_000 + 300_000)]
    const found = silence(slower)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(8)
  })

  it('states for how long, and what is normal', () => {
    const [verdict] = evaluate(
      'NO_DATA',
      at([...every(5000, 100), START + 495_000 + 600_000], () => 1),
    ).slice(-1)
    expect(verdict!.reason.replaceAll('\u00a0', ' ')).toBe('No data for 10 min; a sample normally comes within 5 s.')
    expect(verdict).toMatchObject({ samples: 64, figure: 10 })
  })
})
