import { describe, expect, it } from 'vitest'
import type { SampleOut } from '../../shared/schemas/sample.ts'
import type { Client } from '../../shared/client/client.ts'
import { readSamples } from '../../renderer/features/charts/readSamples.ts'
import { HOUR, SECOND, toIso } from '../../shared/domain/time.ts'

const START = Date.UTC(2026, 0, 5)

/** One sample every second, with its id as its value. */
const sample = (id: number, more: Partial<SampleOut> = {}): SampleOut => ({
  id,
  server_id: null,
  source: 'web-1',
  metric_type: 'CPU',
  value: id,
  unit: '%',
  tags: null,
  recorded_at: toIso(START + id * SECOND),
  ...more,
})

/** Answers as the program does, and counts how often it was asked. */
function history(samples: SampleOut[]) {
  const asked: string[] = []
  const getMetrics: Client['getMetrics'] = async ({ query = {} }) => {
    const until = Date.parse(query.until!)
    const from = until - Number(query.hours) * HOUR
    asked.push(query.until!)
    return samples
      .filter(({ recorded_at }) => Date.parse(recorded_at) >= from && Date.parse(recorded_at) <= until)
      .toSorted((one, other) => Date.parse(other.recorded_at) - Date.parse(one.recorded_at) || other.id - one.id)
      .slice(0, Number(query.limit))
  }
  return { getMetrics, asked }
}

const wanted = (from: number, to: number) => ({
  source: 'web-1',
  metricType: 'CPU',
  drill: false,
  from: START + from * SECOND,
  to: START + to * SECOND,
})
const many = (count: number) => Array.from({ length: count }, (_, id) => sample(id + 1))
const ids = ({ points }: { points: readonly { id: number }[] }) => points.map(({ id }) => id)

describe('the samples of a span', () => {
  it('are in order of time, only from the span, of exactly this metric type', async () => {
    const { getMetrics, asked } = history([
      ...many(50),
      sample(100, { metric_type: 'cpu', recorded_at: sample(20).recorded_at }),
    ])
    const samples = await readSamples(getMetrics, wanted(10, 30))
    expect(ids(samples)).toEqual(Array.from({ length: 21 }, (_, index) => index + 10))
    expect(samples.points[0]).toEqual({ id: 10, x: START + 10 * SECOND, y: 10 })
    expect(samples.truncated).toBe(false)
    expect(asked).toHaveLength(1)
  })

  it('are complete, each once, if they exceed one answer', async () => {
    const { getMetrics, asked } = history(many(3500))
    const samples = await readSamples(getMetrics, wanted(1, 3500))
    expect(ids(samples)).toEqual(many(3500).map(({ id }) => id))
    expect(asked.length).toBe(4)
  })

  it('continue from what is known', async () => {
    const all = many(3500)
    const known = await readSamples(history(all.slice(0, 3400)).getMetrics, wanted(1, 3400))
    const { getMetrics, asked } = history(all)
    const samples = await readSamples(getMetrics, wanted(101, 3500), known)
    expect(ids(samples)).toEqual(all.slice(100).map(({ id }) => id))
    expect(asked).toHaveLength(1)
  })

  it('have no gap if more arrived since than one answer holds', async () => {
    const all = many(3500)
    const known = await readSamples(history(all.slice(0, 1200)).getMetrics, wanted(1, 1200))
    const samples = await readSamples(history(all).getMetrics, wanted(1, 3500), known)
    expect(ids(samples)).toEqual(all.map(({ id }) => id))
  })

  it('are truncated, and say so, if there are far too many', async () => {
    const { getMetrics, asked } = history(many(25_000))
    const samples = await readSamples(getMetrics, wanted(1, 25_000))
    expect(samples.truncated).toBe(true)
    expect(samples.points.at(-1)?.id).toBe(25_000)
    expect(asked.length).toBe(20)
  })

  it('end if a thousand or more share one time', async () => {
    const crowd = Array.from({ length: 1500 }, (_, id) => sample(id + 1, { recorded_at: sample(5).recorded_at }))
    const { getMetrics, asked } = history(crowd)
    const samples = await readSamples(getMetrics, wanted(1, 10))
    expect(samples).toMatchObject({ truncated: true })
    expect(asked).toHaveLength(2)
    expect(samples.points).toHaveLength(1000)
  })
})
