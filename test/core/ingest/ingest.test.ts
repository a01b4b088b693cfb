// The way in, from the socket to a real store.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { OVERLOADS, type Overload } from '../../../shared/schemas/health.ts'
import { createIngest, type Ingest } from '../../../electron/core/ingest/ingest.ts'
import { createSampleHistory } from '../../../electron/core/ingest/sample-history.ts'
import { metricHandlers } from '../../../electron/core/api/handlers/metrics.ts'
import { JSON_TYPE, openTestServer, type TestServer } from '../api/test-server.ts'
import type { SeriesLimits } from '../../../electron/core/store/types/series.ts'
import { headSamplesOf } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
let now: number
const clock = { now: () => now }

let temporary: TemporaryStore
let ingest: Ingest
let server: TestServer
let waiting: number
let limits: SeriesLimits
beforeEach(async () => {
  now = NOW
  waiting = 0
  limits = { max_series: 100, max_series_per_source: 100 }
  temporary = temporaryStore()
  const { store } = temporary
  ingest = createIngest({
    store,
    clock,
    retentionDays: () => 30,
    seriesLimits: () => limits,
    waiting: () => waiting,
    maxKeys: 3,
  })
  server = await openTestServer(
    {},
    metricHandlers({ ingest, history: createSampleHistory({ store, clock }), sourceDeletion: noDeletion }),
  )
})
const notHere = () => {
  throw new Error('Nothing is deleted here.')
}
const noDeletion = { size: notHere, sizeOfMatching: notHere, delete: notHere, deleteMatching: notHere }
afterEach(async () => {
  await server.app.close()
  temporary.remove()
})

const post = (body: unknown, path = '/api/anomaly/metrics') =>
  server.ask({ method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) })

const stored = () => headSamplesOf(temporary.store)

const sample = { source: 'web-1', metric_type: 'CPU', value: 1 }

test('posts are rejected before anything is stored while too many samples wait', async () => {
  waiting = 100_000
  const refused = await post(sample)
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1'])
  expect((await post([sample], '/api/anomaly/metrics/batch')).status).toBe(503)
  expect(stored()).toEqual([])
  expect(ingest.overload.counts()).toMatchObject({ overloaded: 2, time_out_of_range: 0 })
  waiting = 99_999
  expect((await post([sample, sample], '/api/anomaly/metrics/batch')).status).toBe(503)
  expect((await post(sample)).status).toBe(202)
  expect(ingest.overload.counts().overloaded).toBe(3)
  expect(stored()).toHaveLength(1)
})

test('concurrent posts share the remaining capacity', async () => {
  waiting = 99_990
  const posted = { path: '/', key: undefined, body: [], samples: [sample, sample, sample], fieldOf: String }
  const answers = await Promise.allSettled(Array.from({ length: 8 }, async () => ingest.accept(posted, Number)))
  expect(answers.map(({ status }) => status)).toEqual([...Array(3).fill('fulfilled'), ...Array(5).fill('rejected')])
  expect(stored()).toHaveLength(9)
})

describe('what the interface shows of posts that are rejected', () => {
  const ways: Record<Overload, () => unknown> = {
    overloaded() {
      waiting = 100_000
      return post(sample)
    },
    hot_log() {
      const bytes = vi.spyOn(temporary.store.samples, 'logBytes').mockReturnValue(48 * 1024 * 1024 + 1)
      return post(sample).finally(() => bytes.mockRestore())
    },
    bodies: () => ingest.rejectBody(),
    async keys() {
      for (const key of ['a', 'b', 'c', 'd'])
        await server.ask({
          method: 'POST',
          path: '/api/anomaly/metrics',
          headers: { ...JSON_TYPE, 'idempotency-key': key },
          body: JSON.stringify(sample),
        })
    },
  }
  test.each(OVERLOADS)('%s, for 15 s', async (overload) => {
    expect(ingest.overload.overload()).toBeUndefined()
    await ways[overload]()
    expect(ingest.overload.overload()).toBe(overload)
    expect(ingest.overload.counts()[overload]).toBe(1)
    expect(ingest.overload.rejected()).toBe(1)
    now += 14_999
    expect(ingest.overload.overload()).toBe(overload)
    now += 1
    expect(ingest.overload.overload()).toBeUndefined()
  })
  test('nothing of what is refused for what is in it', async () => {
    expect((await post({ ...sample, recorded_at: '2020-01-01T00:00:00Z' })).status).toBe(422)
    expect(ingest.overload.overload()).toBeUndefined()
    expect(ingest.overload.rejected()).toBe(0)
  })
})

test('a batch with times out of range names each of them and is counted once', async () => {
  const at = (time: number) => ({ ...sample, recorded_at: new Date(time).toISOString() })
  const [oldest, newest] = [NOW - 30 * 86_400_000, NOW + 86_400_000]
  const answer = await post(
    [sample, at(oldest - 1), at(oldest), at(newest), at(newest + 1)],
    '/api/anomaly/metrics/batch',
  )
  expect(answer.status).toBe(422)
  expect(answer.json()).toMatchObject({
    detail: '1.recorded_at is older than 30 days.',
    errors: [
      { path: '1.recorded_at', message: 'is older than 30 days' },
      { path: '4.recorded_at', message: 'is more than one day in the future' },
    ],
  })
  expect(stored()).toEqual([])
  expect(ingest.overload.counts()).toMatchObject({ overloaded: 0, time_out_of_range: 1 })
  expect((await post([at(oldest), at(newest)], '/api/anomaly/metrics/batch')).status).toBe(202)
})

describe('limits', () => {
  const batch = (samples: object[], headers = {}) =>
    server.ask({
      method: 'POST',
      path: '/api/anomaly/metrics/batch',
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(samples),
    })
  const named = (source: string, from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ source, metric_type: `m${from + index}`, value: 1 }))

  test('one source that makes up names leaves room for the others', async () => {
    limits = { max_series: 50, max_series_per_source: 10 }
    expect((await batch(named('bad', 0, 9))).status).toBe(202)
    const refused = await batch(named('bad', 7, 4))
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      {
        detail: expect.stringContaining('bad has 10 series, which is the limit'),
        errors: [{ path: '3.metric_type', message: 'bad has 10 series' }],
      },
    ])
    expect(stored()).toHaveLength(9)
    expect((await batch(named('bad', 0, 10))).status).toBe(202)
    expect((await batch(named('bad', 3, 5))).status).toBe(202)
    expect((await post({ ...sample, source: 'bad' })).status).toBe(422)
    expect((await batch(named('good', 0, 10))).status).toBe(202)
    expect(ingest.overload.counts()).toMatchObject({ series: 0, series_of_source: 2 })
    expect(ingest.seriesRejection()).toMatchObject({ source: 'bad', limit: 'series_of_source', most: 10, at: NOW })
    limits = { ...limits, max_series_per_source: 11 }
    expect(ingest.seriesRejection()).toBeUndefined()
    expect((await post({ ...sample, source: 'bad' })).status).toBe(202)
  })

  test('the total limit holds, whoever posts, also for concurrent posts', async () => {
    limits = { max_series: 30, max_series_per_source: 20 }
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => (await batch(named(`s${at}`, 0, 4))).status),
    )
    expect(statuses.filter((status) => status === 202)).toHaveLength(7)
    expect(temporary.store.samples.sizes().series).toBe(28)
    expect((await batch(named('last', 0, 2))).status).toBe(202)
    const refused = await post({ ...sample, source: 'one-more' })
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('there are 30 series')])
    expect(ingest.overload.counts().series).toBe(6)
  })

  test('a post over the limit is rejected alone, and may be repeated with the same key', async () => {
    limits = { max_series: 5, max_series_per_source: 5 }
    const key = { 'idempotency-key': 'k' }
    const [bad, good] = await Promise.all([batch(named('bad', 0, 6), key), batch(named('good', 0, 3))])
    expect([bad.status, good.status]).toEqual([422, 202])
    limits = { max_series: 50, max_series_per_source: 50 }
    expect((await batch(named('bad', 0, 6), key)).status).toBe(202)
  })

  test('only so many keys are remembered; what is known is answered, and no key is needed', async () => {
    const withKey = (key: string) => batch([sample], { 'idempotency-key': key })
    for (const key of ['a', 'b', 'c']) expect((await withKey(key)).status).toBe(202)
    const refused = await withKey('d')
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60'])
    expect((await withKey('b')).status).toBe(202)
    expect((await batch([sample])).status).toBe(202)
    expect(stored()).toHaveLength(4)
    expect(ingest.overload.counts().keys).toBe(1)
  })
})

test.each([
  ['2026-01-05T11:00:01Z', 1000],
  ['2026-01-05T11:00:01.250Z', 1250],
  ['2026-01-05T11:00:01.2Z', 1200],
  ['2026-01-05T11:00:01.250999Z', 1250],
  ['2026-01-05T12:30:01.250+01:30', 1250],
])('%s is stored as the time that it is', async (recorded_at, offset) => {
  expect((await post({ ...sample, recorded_at })).status).toBe(202)
  expect(stored().map(({ time }) => time)).toEqual([Date.UTC(2026, 0, 5, 11) + offset])
})

test('posts that only the schemas accept are stored like those of the fast parser', async () => {
  const full = {
    ...sample,
    unit: 's',
    tags: { a: 'x', b: 2, c: false },
    server_id: 7,
    recorded_at: '2026-01-05T11:00:00Z',
  }
  await post(full)
  await post({ ...full, unknown: [1] })
  const [byHand, bySchema] = stored()
  expect(byHand).toMatchObject({
    source: 'web-1',
    metricType: 'CPU',
    value: 1,
    unit: 's',
    tags: full.tags,
    serverId: 7,
  })
  expect({ ...bySchema, id: byHand?.id }).toEqual(byHand)
})

test.each([
  ['CPU', '%'],
  ['cpu', '%'],
  ['Latency{path="/a"}', 'ms'],
  ['constructor', null],
  ['QUEUE', null],
])('the default unit of %s is %s', async (metric_type, unit) => {
  await post({ ...sample, metric_type })
  await post({ ...sample, metric_type, unit: '' })
  expect(stored().map((one) => one.unit)).toEqual([unit, ''])
})
