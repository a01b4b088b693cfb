import { describe, expect, it } from 'vitest'
import type { Client } from '../../shared/client/client.ts'
import type { SampleOut } from '../../shared/schemas/sample.ts'
import { readHistory } from '../../renderer/features/charts/readHistory.ts'
import type { Point } from '../../renderer/features/charts/readSamples.ts'
import { SECOND, toIso } from '../../shared/domain/time.ts'

const START = Date.UTC(2026, 0, 5)
const HOUR = 3600

/** Answers as the program does, of a sample every so many seconds, of which those before `keptFrom` are sums by now. */
function program(seconds: number, { keptFrom = 0, every = 1 } = {}) {
  const asked: string[] = []
  const times = Array.from({ length: seconds / every }, (_, index) => index * every)
  const isIn = (second: number, until: number, hours: unknown) =>
    START + second * SECOND <= until && START + second * SECOND > until - Number(hours) * HOUR * SECOND
  const client: Pick<Client, 'getHistory' | 'getMetrics'> = {
    async getHistory({ query: { until, hours, points } }) {
      asked.push('history')
      const end = Date.parse(until!)
      const width = (Number(hours) * HOUR * SECOND) / Number(points)
      const buckets = Map.groupBy(
        times.filter((second) => isIn(second, end, hours)),
        (second) => Math.floor((end - START - second * SECOND) / width),
      )
      return [...buckets.values()].map((within) => ({
        from: at(within[0]!),
        to: at(within.at(-1)!),
        count: within.length,
        min: within[0]!,
        max: within.at(-1)!,
        mean: (within[0]! + within.at(-1)!) / 2,
      }))
    },
    async getMetrics({ query: { until, hours, limit } = {} }) {
      asked.push('samples')
      return times
        .filter((second) => second >= keptFrom && isIn(second, Date.parse(until!), hours))
        .toReversed()
        .slice(0, Number(limit))
        .map(sample)
    },
  }
  return { client, asked }
}

const at = (second: number) => toIso(START + second * SECOND)

const sample = (second: number): SampleOut => ({
  id: second + 1,
  server_id: null,
  source: 'web-1',
  metric_type: 'CPU',
  value: second,
  unit: '%',
  tags: null,
  recorded_at: at(second),
})

const last = (span: number, to: number) => ({
  source: 'web-1',
  metricType: 'CPU',
  from: START + (to - span) * SECOND,
  to: START + to * SECOND,
  pixels: 500,
  maxSamples: 500,
})
const countOf = (points: readonly Point[]) => points.reduce((sum, { count = 1 }) => sum + count, 0)

describe('the history of a span', () => {
  it('is its samples if they are few', async () => {
    const { client } = program(2000)
    const history = await readHistory(client, last(400, 1999))
    expect(history.step).toBeUndefined()
    expect(history.points.map(({ y }) => y)).toEqual(Array.from({ length: 401 }, (_, index) => 1599 + index))
  })

  it('is means with ranges if they are many', async () => {
    const { client, asked } = program(10_000)
    const { points, step } = await readHistory(client, last(2 * HOUR, 9999))
    expect(step).toBe(15_000)
    expect(points.length).toBeLessThanOrEqual(500)
    // All but the part of a slice at the beginning.
    expect(countOf(points)).toBeGreaterThan(2 * HOUR - 15)
    expect(points[1]!.x - points[0]!.x).toBe(15_000)
    for (const { y, min, max, count } of points.slice(1, -1)) {
      expect([min, max, count]).toEqual([y - 7, y + 7, 15])
    }
    // Not page by page: only what is newest is asked for beside it.
    expect(asked).toEqual(['history', 'samples'])
  })

  it('has the newest sample next to the mean of the newest bucket', async () => {
    const { points } = await readHistory(program(10_000).client, last(2 * HOUR, 9999))
    expect(points.at(-1)).toMatchObject({ latest: 9999 })
    expect(points.at(-1)!.y).toBeLessThan(9999)
    expect(points.at(-2)!.latest).toBeUndefined()
  })

  it('is means if samples are no longer stored, however few there were', async () => {
    const whole = await readHistory(program(2000, { keptFrom: 1900 }).client, last(300, 1999))
    expect(whole.step).toBe(2000)
    expect(countOf(whole.points)).toBeGreaterThanOrEqual(298)
    const old = await readHistory(program(2000, { keptFrom: 1990 }).client, last(100, 1000))
    expect(old.points.length).toBeGreaterThan(40)
  })

  it('shows a rollup that exceeds the span within it, with its length', async () => {
    const hour = { from: at(0), to: at(HOUR - 1), count: 720, min: 1, max: 9, mean: 4 }
    const next = { ...hour, from: at(HOUR), to: at(2 * HOUR - 1) }
    const client: Pick<Client, 'getHistory' | 'getMetrics'> = {
      getHistory: async () => [hour, next],
      getMetrics: async () => [],
    }
    const within = await readHistory(client, last(600, 1800))
    expect(within.points).toMatchObject([{ x: START + 1500 * SECOND, y: 4, min: 1, max: 9, count: 720 }])
    expect((await readHistory(client, last(2 * HOUR, 2 * HOUR))).step).toBe(HOUR * SECOND)
  })

  it('is its samples if each has a bucket of its own, without another request', async () => {
    const { client, asked } = program(2000, { every: 5 })
    const samples = await readHistory(client, { ...last(400, 1999), pixels: 200 })
    expect(samples.step).toBeUndefined()
    expect(samples.points.map(({ y }) => y)).toEqual(Array.from({ length: 80 }, (_, index) => 1600 + 5 * index))
    expect(asked).toEqual(['history'])
    // What is known of slices is no part of what is then read by samples.
    const dense = await readHistory(program(2000).client, last(400, 1999), samples)
    expect(dense.points).toHaveLength(401)
  })

  it('changes from means to samples and back, with each sample once', async () => {
    const many = await readHistory(program(10_000).client, last(2 * HOUR, 9999))
    const few = await readHistory(program(10_000).client, last(400, 9999), many)
    expect(few.step).toBeUndefined()
    expect(few.points).toHaveLength(401)
    const { client, asked } = program(10_010)
    const later = await readHistory(client, last(400, 10_009), few)
    expect(later.points.map(({ y }) => y)).toEqual(Array.from({ length: 401 }, (_, index) => 9609 + index))
    expect(asked).toEqual(['history', 'samples'])
  })

  it('is empty if there never was a sample', async () => {
    const { client } = program(0)
    expect(await readHistory(client, last(400, 1000))).toEqual({ points: [], truncated: false })
  })
})
