// Samples in and out, through the server.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const cpu = (value: number, more: Partial<SampleIn> = {}): SampleIn => ({
  source: 'web-1',
  metric_type: 'CPU',
  value,
  ...more,
})

const history = (source: string) => temporary.client.getMetrics({ params: { source }, query: { limit: 1000 } })

describe('one sample', () => {
  it('is returned as posted, with the time of the clock if it has none', async () => {
    const full = cpu(12.5, { unit: '%', tags: { rack: 'a', n: 3, hot: true }, server_id: 7 })
    expect(await temporary.client.postMetric({ body: full })).toEqual({
      snapshot_id: 1,
      status: 'accepted',
      detection: 'queued',
    })
    const { recorded_at: _time, ...sent } = { recorded_at: null, ...full }
    expect(await history('web-1')).toEqual([{ id: 1, ...sent, recorded_at: new Date(START).toISOString() }])
  })

  it('keeps its own time, whatever its offset, and gets the default unit of its type', async () => {
    await temporary.client.postMetric({ body: cpu(1, { recorded_at: '2026-01-05T12:00:01.5+01:00' }) })
    expect(await history('web-1')).toMatchObject([{ recorded_at: '2026-01-05T11:00:01.500Z', unit: '%' }])
  })

  it.each([
    ['older than the retention', -31 * 86_400_000],
    ['more than a day ahead', 25 * 3_600_000],
  ])('that is %s is refused by its field', async (_, offset) => {
    const recorded_at = new Date(START + offset).toISOString()
    const answer = await temporary.request({
      method: 'POST',
      url: '/api/anomaly/metrics',
      body: cpu(1, { recorded_at }),
    })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'recorded_at' }] } })
  })
})

describe('a batch', () => {
  const post = (body: unknown) => temporary.request({ method: 'POST', url: '/api/anomaly/metrics/batch', body })

  it('is stored whole, in order', async () => {
    expect(await temporary.client.postMetricsBatch({ body: [cpu(1), cpu(2), cpu(3)] })).toEqual({
      saved: 3,
      detection: 'queued',
    })
    expect((await history('web-1')).map(({ value }) => value)).toEqual([3, 2, 1])
    expect(await post([])).toMatchObject({ status: 202, body: { saved: 0 } })
  })

  it('of more than 100 is refused', async () => {
    expect(await post(Array.from({ length: 101 }, () => cpu(1)))).toMatchObject({ status: 400 })
    expect(await post(Array.from({ length: 100 }, () => cpu(1)))).toMatchObject({ status: 202 })
  })

  it.each([
    ['a value that is no number', { value: 'high' }, '2.value'],
    ['an empty source', { source: '' }, '2.source'],
    ['a source of 257 characters', { source: 'x'.repeat(257) }, '2.source'],
    ['a time too old', { recorded_at: '2020-01-01T00:00:00Z' }, '2.recorded_at'],
    ['a tag of 257 characters', { tags: { a: 'x'.repeat(257) } }, '2.tags.a'],
    ['65 tags', { tags: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`t${i}`, i])) }, '2.tags'],
  ])('with %s is refused whole, naming index and field', async (_, wrong, path) => {
    const answer = await post([cpu(1), cpu(2), { ...cpu(3), ...wrong }])
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
    expect(await history('web-1')).toEqual([])
  })
})

describe('an idempotency key', () => {
  const headers = { 'idempotency-key': 'k1' }

  it('makes a repeat answer as the first and store nothing, also after a restart', async () => {
    const first = await temporary.client.postMetric({ body: cpu(1), headers })
    expect(await temporary.client.postMetric({ body: cpu(1), headers })).toEqual(first)
    await temporary.restart()
    expect(await temporary.client.postMetric({ body: cpu(1), headers })).toEqual(first)
    expect(await history('web-1')).toHaveLength(1)
  })

  it('outlives a stop that is longer than its hour', async () => {
    const first = await temporary.client.postMetric({ body: cpu(1), headers })
    temporary.clock.advance(3 * 3_600_000)
    await temporary.restart()
    expect(await temporary.client.postMetric({ body: cpu(1), headers })).toEqual(first)
    expect(await history('web-1')).toHaveLength(1)
  })

  it('makes a second post wait while the first is running', async () => {
    const both = await Promise.all([1, 2].map(() => temporary.client.postMetric({ body: cpu(1), headers })))
    expect(both[0]).toEqual(both[1])
    expect(await history('web-1')).toHaveLength(1)
  })

  it('with another body is refused', async () => {
    await temporary.client.postMetric({ body: cpu(1), headers })
    await expect(temporary.client.postMetric({ body: cpu(2), headers })).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path: 'idempotency-key' }] },
    })
  })

  it('counts per path, and for an hour', async () => {
    await temporary.client.postMetric({ body: cpu(1), headers })
    await temporary.client.postMetricsBatch({ body: [cpu(1)], headers })
    expect(await history('web-1')).toHaveLength(2)
    temporary.clock.advance(3_600_001)
    await temporary.client.postMetric({ body: cpu(2), headers })
    expect(await history('web-1')).toHaveLength(3)
  })
})

describe('history and series', () => {
  beforeEach(async () => {
    await temporary.client.postMetricsBatch({
      body: [
        cpu(1, { recorded_at: new Date(START - 5 * 3_600_000).toISOString() }),
        cpu(2),
        cpu(3, { metric_type: 'MEMORY' }),
        cpu(4, { source: 'a/b ü%_', metric_type: 'X{a="1"}', unit: 'ms' }),
      ],
    })
  })

  it('is newest first, of the hours and the metric type that are asked for', async () => {
    const values = async (query: object) =>
      (await temporary.client.getMetrics({ params: { source: 'web-1' }, query })).map(({ value }) => value)
    expect(await values({})).toEqual([3, 2, 1])
    expect(await values({ hours: 4 })).toEqual([3, 2])
    expect(await values({ metric_type: 'cpu' })).toEqual([2, 1])
    expect(await values({ limit: 1 })).toEqual([3])
    const past = new Date(START - 4 * 3_600_000).toISOString()
    expect(await values({ hours: 1, until: past })).toEqual([1])
    expect(await values({ until: new Date(START).toISOString() }), 'until is included').toEqual([3, 2, 1])
    expect(await history('a/b ü%_')).toHaveLength(1)
    expect(await history('WEB-1'), 'sources are compared exactly').toEqual([])
  })

  it('gives the history of one series in equal slices, of which the last one ends with the time asked for', async () => {
    const minute = 60_000
    const at = (minutes: number, value: number) =>
      cpu(value, { source: 'db-1', recorded_at: new Date(START - minutes * minute).toISOString() })
    // On both edges of the middle slice of three, and one beyond.
    await temporary.client.postMetricsBatch({ body: [at(41, 9), at(40, 1), at(21, 3), at(20, 5)] })
    const until = new Date(START - 1).toISOString()
    const ask = (metric_type: string) =>
      temporary.client.getHistory({ params: { source: 'db-1' }, query: { metric_type, hours: 1, points: 3, until } })
    const time = (minutes: number) => new Date(START - minutes * minute).toISOString()
    expect(await ask('CPU')).toEqual([
      { from: time(41), to: time(41), count: 1, min: 9, max: 9, mean: 9 },
      { from: time(40), to: time(21), count: 2, min: 1, max: 3, mean: 2 },
      { from: time(20), to: time(20), count: 1, min: 5, max: 5, mean: 5 },
    ])
    expect(await ask('cpu'), 'metric types are compared exactly').toEqual([])
  })

  it('lists series with their newest value', async () => {
    expect(await temporary.client.listSeries({ query: { source: 'WEB', metric_type: 'cp' } })).toEqual([
      {
        source: 'web-1',
        metric_type: 'CPU',
        unit: '%',
        last_value: 2,
        last_seen: new Date(START).toISOString(),
        count: 2,
      },
    ])
    expect(await temporary.client.listSeries()).toHaveLength(3)
    expect(await temporary.client.listSeries({ query: { source: '%_' } })).toHaveLength(1)
    expect(await temporary.client.listSeries({ query: { limit: 1, offset: 1 } })).toMatchObject([
      { metric_type: 'CPU' },
    ])
  })
})

describe('detect', () => {
  const detect = (query: Partial<Parameters<typeof temporary.client.detect>[0]['query']>) =>
    temporary.client.detect({ query: { source: 'web-1', metric_type: 'CPU', current_value: 90, ...query } })

  it('says that too few samples are too few', async () => {
    expect(await detect({})).toMatchObject({
      is_anomaly: false,
      reason: 'insufficient_data',
      history_count: 0,
      severity: null,
      unit: '%',
    })
  })

  it('evaluates against the history by any method and stores nothing', async () => {
    await temporary.client.postMetricsBatch({ body: Array.from({ length: 40 }, (_, i) => cpu(40 + (i % 5))) })
    expect(await detect({})).toMatchObject({
      is_anomaly: true,
      method: 'ZSCORE',
      history_count: 40,
      severity: 'CRITICAL',
    })
    expect(await detect({ current_value: 42 })).toMatchObject({ is_anomaly: false, figure: expect.closeTo(0, 5) })
    expect(await detect({ method: 'iqr' })).toMatchObject({ is_anomaly: true, method: 'IQR', lower: 38, upper: 46 })
    expect(await detect({ method: 'THRESHOLD', threshold: 95 })).toMatchObject({ is_anomaly: false, upper: 95 })
    expect(await history('web-1')).toHaveLength(40)
    expect(await temporary.client.listEvents()).toEqual([])
  })

  it.each([
    [{ method: 'NONE' }, 'method'],
    [{ method: 'THRESHOLD' }, 'threshold'],
    [{ z_threshold: 0 }, 'z_threshold'],
  ])('refuses %j, naming %s', async (query, path) => {
    await expect(detect(query)).rejects.toMatchObject({ problem: { status: 422, errors: [{ path }] } })
  })
})
