// The way in, from the socket to a real store.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIngest, type Ingest } from '../../electron/core/ingest.ts'
import { metricHandlers } from '../../electron/core/operations/metrics.ts'
import { JSON_TYPE, openDoor, type Door } from './http/door.ts'
import { hotIn } from './store/examples.ts'
import { temporaryStore, type TemporaryStore } from './store/temporary-store.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const clock = { now: () => NOW }

let temporary: TemporaryStore
let ingest: Ingest
let door: Door
let waiting: number
beforeEach(async () => {
  waiting = 0
  temporary = temporaryStore()
  const { store } = temporary
  ingest = createIngest({ store, clock, retentionDays: () => 30, waiting: () => waiting })
  door = await openDoor({}, metricHandlers({ ingest, store, clock }))
})
afterEach(async () => {
  await door.app.close()
  temporary.remove()
})

const post = (body: unknown, path = '/api/anomaly/metrics') =>
  door.ask({ method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) })

const stored = () => hotIn(temporary.store)

const sample = { source: 'web-1', metric_type: 'CPU', value: 1 }

test('posts are turned away before anything is stored while too many samples wait', async () => {
  waiting = 100_001
  const refused = await post(sample)
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1'])
  expect((await post([sample], '/api/anomaly/metrics/batch')).status).toBe(503)
  expect(stored()).toEqual([])
  expect(ingest.refused()).toEqual({ overloaded: 2, time_out_of_range: 0 })
  waiting = 100_000
  expect((await post(sample)).status).toBe(202)
  expect(ingest.refused().overloaded).toBe(2)
  expect(stored()).toHaveLength(1)
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
      { path: '4.recorded_at', message: 'is more than a day ahead' },
    ],
  })
  expect(stored()).toEqual([])
  expect(ingest.refused()).toEqual({ overloaded: 0, time_out_of_range: 1 })
  expect((await post([at(oldest), at(newest)], '/api/anomaly/metrics/batch')).status).toBe(202)
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

test('what only the schemas take is stored like what is checked by hand', async () => {
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
])('the usual unit of %s is %s', async (metric_type, unit) => {
  await post({ ...sample, metric_type })
  await post({ ...sample, metric_type, unit: '' })
  expect(stored().map((one) => one.unit)).toEqual([unit, ''])
})
