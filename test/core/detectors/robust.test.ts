// MAD, RATE and DRIFT against their definitions.
import { describe, expect, it } from 'vitest'
import { prepareDetector } from '../../../electron/core/detectors/registry.ts'
import { SortedWindow } from '../../../electron/core/detectors/sorted-window.ts'
import { flagged, evaluate, settingsFor } from './evaluate.ts'
import { every5s } from './series.ts'
import { randomFrom } from '../../support/random.ts'

const random = randomFrom(5)
const noisy = (count: number, level = 50, width = 4) =>
  Array.from({ length: count }, () => level + (random() - 0.5) * width)
const medianOf = (values: readonly number[]) => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

describe('the spread of a window', () => {
  it('is the scaled median distance from the median, as sorting all distances finds it', () => {
    const window = new SortedWindow(40)
    const values: number[] = []
    for (let i = 0; i < 400; i++) {
      const value = i % 3 ? random() * 100 : Math.round(random() * 5)
      window.push(value)
      values.push(value)
      const newest = values.slice(-40)
      const median = medianOf(newest)
      const distances = newest.map((each) => Math.abs(each - median)).toSorted((one, other) => one - other)
      const place = 0.9 * (distances.length - 1)
      const [below, above] = [distances[Math.floor(place)]!, distances[Math.ceil(place)]!]
      const wide = (below + (place % 1) * (above - below)) / 1.645
      const narrow = 1.4826 * medianOf(distances)
      expect(window.quantile(0.5)).toBeCloseTo(median, 10)
      expect(window.spread(median)).toBeCloseTo(narrow === 0 ? wide : Math.max(narrow, wide / 2), 8)
    }
  })

  it('is that of the other half if half of the values are equal, and zero if all are', () => {
    expect(new SortedWindow(10, [0, 0, 0, 0, 0, 0, 0, 3, 3, 3]).spread(0)).toBeCloseTo(3 / 1.645, 10)
    expect(new SortedWindow(10, Array<number>(10).fill(7)).spread(7)).toBe(0)
  })
})

describe('MAD', () => {
  it('is the distance from the median in robust standard deviations, the tested sample left out', () => {
    const last = evaluate('MAD', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]).at(-1)!
    expect(last.samples).toBe(10)
    expect(last.lower).toBeCloseTo(5.5 - 3 * 1.4826 * 2.5, 10)
    expect(last.upper).toBeCloseTo(5.5 + 3 * 1.4826 * 2.5, 10)
    expect(last.figure).toBeCloseTo((20 - 5.5) / (1.4826 * 2.5), 10)
  })

  it('finds an outlier beside others, which hide it from the z-score', () => {
    const values = noisy(60).map((value, index) => (index % 9 === 4 ? 300 : value))
    const learned = (method: string) => {
      const detector = prepareDetector(settingsFor(method)).create()
      for (const sample of every5s(values)) detector.learn(sample, { ...detector.score(sample), score: 0 })
      return detector.score({ time: 0, value: 300 }).score
    }
    expect(learned('ZSCORE')).toBeLessThan(0.5)
    expect(learned('MAD')).toBeGreaterThan(0.5)
  })
})

describe('RATE', () => {
  it('fires for a jump between two normal values', () => {
    const slow = Array.from({ length: 300 }, (_, i) => 50 + 40 * Math.sin(i / 60) + random())
    expect(flagged(evaluate('RATE', [...slow, 15]))).toContain(300)
    expect(flagged(evaluate('MAD', [...slow, 15]))).not.toContain(300)
  })

  it('goes by real time: as much in a longer time is no haste, nor is the noise of samples in a hurry', () => {
    const usual = every5s(Array.from({ length: 100 }, (_, i) => i * 10 + random()))
    const { time } = usual.at(-1)!
    const last = (later: number, value: number) => evaluate('RATE', [...usual, { time: time + later, value }]).at(-1)!
    expect(last(5000, 1000).score).toBeLessThan(0.5)
    expect(last(60_000, 1110).score).toBeLessThan(0.5)
    expect(last(5000, 1110).score).toBeGreaterThan(0.5)
    expect(last(100, 1000).score).toBeLessThan(0.5)
    expect(last(0, 1000).score).toBeLessThan(0.5)
  })

  it('fires beyond the limits that a person set, from the second sample on, and learns nothing then', () => {
    const limits = { params: { rise: 2 } }
    expect(evaluate('RATE', [10, 20], limits).at(-1)).toMatchObject({ score: 0, figure: 2, upper: 20, lower: null })
    expect(evaluate('RATE', [10, 21], limits).at(-1)).toMatchObject({ score: 1, samples: null })
    expect(evaluate('RATE', [21, 10], limits).at(-1)!.score).toBe(0)
    expect(evaluate('RATE', [21, 10], { params: { fall: 2 } }).at(-1)).toMatchObject({
      score: 1,
      lower: 11,
      upper: null,
    })
    expect(
      flagged(
        evaluate(
          'RATE',
          Array.from({ length: 50 }, (_, i) => i * 11),
          limits,
        ),
      ),
    ).toHaveLength(49)
  })

  it('states how fast, from which value to which', () => {
    const { reason } = evaluate('RATE', [...noisy(100), 400]).at(-1)!
    expect(reason).toMatch(/^Rises by [\d.]+ per second, from [\d.]+ to 400 \(normal: .* over the last 99 changes\)\.$/)
  })
})

describe('DRIFT', () => {
  const runs = (places: number[]) => places.filter((place, index) => place !== places[index - 1]! + 1)

  it('is the cumulative sum of what lies beyond half a shift', () => {
    const usual = [...Array<number>(20).fill(-1), 0, ...Array<number>(20).fill(1)]
    // Clipped at twice the shift, each of them adds one and a half shifts: 3 of 90.
    const changed = [...usual, ...Array<number>(31).fill(100)]
    const verdicts = evaluate('DRIFT', changed, { min_samples: 41, params: { shift: 2, lasting: 30 } })
    expect(verdicts[44]!.score).toBeCloseTo(1 - 2 ** -(4 / 30), 10)
    expect(flagged(verdicts)[0]).toBe(70)
  })

  it('fires once for a new level, and knows it in the end', () => {
    const found = flagged(evaluate('DRIFT', [...noisy(400), ...noisy(900, 60)]))
    expect(runs(found)).toHaveLength(1)
    expect(found[0]).toBeGreaterThan(400 + 25)
    expect(found[0]).toBeLessThan(400 + 40)
    expect(found.at(-1)).toBeLessThan(400 + 350)
  })

  it('fires again for the recovery only after it adopted the level', () => {
    expect(runs(flagged(evaluate('DRIFT', [...noisy(400), ...noisy(900, 60), ...noisy(600)])))).toHaveLength(2)
    const short = flagged(evaluate('DRIFT', [...noisy(400), ...noisy(60, 60), ...noisy(600)]))
    expect(runs(short)).toHaveLength(1)
    expect(short.at(-1)).toBeLessThan(460 + 45)
  })

  it('finds a slow leak early, and tolerates noise and outliers', () => {
    const leak = noisy(1000).map((value, index) => value + Math.max(0, index - 400) / 50)
    expect(flagged(evaluate('DRIFT', leak)).length).toBeGreaterThan(0)
    const quiet = noisy(20_000).map((value, index) => (index % 50 === 7 ? 1e6 : value))
    expect(flagged(evaluate('DRIFT', quiet))).toEqual([])
  })

  it('does not fire for a change that is too small to matter', () => {
    const slight = [...noisy(400, 50, 0.1), ...noisy(400, 51, 0.1)]
    expect(flagged(evaluate('DRIFT', slight)).length).toBeGreaterThan(0)
    expect(flagged(evaluate('DRIFT', slight, { params: { min_change: 0.1 } }))).toEqual([])
  })

  it('states from which value to which', () => {
    const { reason } = evaluate('DRIFT', [...Array<number>(100).fill(50), ...Array<number>(40).fill(80)]).at(-1)!
    expect(reason).toBe('The level has moved from 50 to 80 over the last 40 samples.')
  })
})
