// Forgetting a source: what of it is seen from outside.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(async () => {
  vi.useRealTimers()
  await temporary.remove()
})

const post = (source: string, metric_type: string, value: number) =>
  temporary.client.postMetric({ body: { source, metric_type, value } })
const deleteSource = (source: string) => temporary.client.deleteSource({ params: { source } })
const sizeOf = (source: string) => temporary.client.getSource({ params: { source } })
const gone = (source: string) =>
  eventually(() => expect(sizeOf(source)).rejects.toMatchObject({ problem: { status: 404 } }))

it('takes its series, samples and baselines, ends its events, and leaves those of others', async () => {
  const { client } = temporary
  await client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90 } })
  for (const source of ['bad/1', 'web-1']) {
    await post(source, 'CPU', 5)
    await post(source, 'CPU', 99)
    await post(source, 'disk', 1)
  }
  await client.simulate({ body: { source: 'bad/1', normal_count: 20, anomaly_value: 500 } })
  const open = () => client.listEvents({ query: { status: 'OPEN' } })
  const before = await eventually(async () => {
    const events = await open()
    expect(events).toHaveLength(3)
    return events
  })
  expect(await sizeOf('bad/1')).toEqual({ source: 'bad/1', series: 3, samples: 24 })
  expect(await deleteSource('bad/1')).toEqual({ source: 'bad/1', series: 3, samples: 24 })
  await gone('bad/1')
  expect((await client.listSeries({})).map(({ source }) => source)).toEqual(['web-1', 'web-1'])
  expect(await client.getMetrics({ params: { source: 'bad/1' }, query: {} })).toEqual([])
  expect(await sizeOf('web-1')).toMatchObject({ series: 2, samples: 3 })
  expect((await open()).map(({ source }) => source)).toEqual(['web-1'])
  for (const { id, source } of before.filter((event) => event.source === 'bad/1')) {
    const event = await client.getEvent({ params: { event_id: id } })
    expect(event).toMatchObject({ source, status: 'RESOLVED', resolved_by: 'tocsin' })
    expect(event.timeline.at(-1)).toMatchObject({ kind: 'resolved', comment: 'The source was deleted.' })
  }
})

it('lets the source start again, with a new baseline', async () => {
  const { client, clock } = temporary
  await client.createRule({ body: { name: 'odd', method: 'ZSCORE', min_samples: 5 } })
  const play = async (level: number) => {
    for (let at = 0; at < 12; at++) {
      clock.advance(10_000)
      await post('web-1', 'CPU', level + (at % 3))
    }
  }
  await play(10)
  // With an event, the series stays for it.
  await post('web-1', 'CPU', 500)
  await eventually(async () => expect(await client.listEvents({})).toHaveLength(1))
  await deleteSource('web-1')
  await gone('web-1')
  // To what was learned before, this would be far out.
  await play(1000)
  await eventually(async () => expect((await client.getHealth()).samples_waiting).toBe(0))
  expect(await client.listEvents({})).toMatchObject([{ value: 500, status: 'RESOLVED' }])
  await post('web-1', 'CPU', 5000)
  await eventually(async () => expect(await client.listEvents({})).toHaveLength(2))
})

it('makes room for others', async () => {
  const { client } = temporary
  await client.updateSettings({ body: { max_series: 100 } })
  await client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90 } })
  const made = Array.from({ length: 100 }, (_, at) => ({ source: 'bad', metric_type: `m${at}`, value: 99 }))
  await client.postMetricsBatch({ body: made })
  await eventually(async () => expect(await client.listEvents({ query: { limit: 200 } })).toHaveLength(100))
  await expect(post('web-1', 'CPU', 1)).rejects.toMatchObject({ problem: { status: 422 } })
  await deleteSource('bad')
  await gone('bad')
  await post('web-1', 'CPU', 1)
  expect((await client.getHealth()).series).toBe(1)
  expect(await client.listEvents({ query: { limit: 200, source: 'bad' } })).toHaveLength(100)
})

it('rejects posts and drills of the source until it is deleted, also after a restart', async () => {
  const { client } = temporary
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await temporary.restart()
  const many = Array.from({ length: 100 }, (_, at) => ({ source: 'bad', metric_type: `m${at}`, value: 1 }))
  await client.postMetricsBatch({ body: many })
  await deleteSource('bad')
  const refused = { problem: { status: 503, detail: 'bad is being deleted.' } }
  await expect(post('bad', 'm1', 1)).rejects.toMatchObject(refused)
  await expect(client.postMetricsBatch({ body: [{ ...many[0]!, source: 'web-1' }, many[1]!] })).rejects.toMatchObject(
    refused,
  )
  await expect(client.simulate({ body: { source: 'bad', normal_count: 2 } })).rejects.toMatchObject(refused)
  expect(await client.listSeries({ query: { source: 'web' } })).toEqual([])
  await post('web-1', 'CPU', 1)
  await temporary.restart()
  await expect(post('bad', 'm1', 1)).rejects.toMatchObject(refused)
  await vi.advanceTimersByTimeAsync(1000)
  await gone('bad')
  await eventually(() => post('bad', 'm1', 1))
  expect(await sizeOf('bad')).toMatchObject({ series: 1, samples: 1 })
})

it('knows nothing of a source that never was', async () => {
  await expect(deleteSource('nobody')).rejects.toMatchObject({ problem: { status: 404 } })
})

describe('many at once, by a glob', () => {
  const matching = (source: string) => temporary.client.matchSources({ query: { source } })
  const deleteMatching = (source: string, max_sources: number) =>
    temporary.client.deleteSources({ query: { source, max_sources } })

  it('reports first what would be deleted, and rejects more than was expected', async () => {
    const { client } = temporary
    await client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90 } })
    for (const source of ['bad-1', 'Bad-2', 'not-bad']) await post(source, 'CPU', 99)
    await post('bad-1', 'disk', 1)
    await eventually(async () => expect(await client.listEvents({})).toHaveLength(3))
    const goes = { source: 'BAD-?', sources: 2, series: 3, samples: 3, live_events: 2 }
    expect(await matching('BAD-?')).toEqual(goes)
    expect(await matching('nobody*')).toMatchObject({ sources: 0, samples: 0 })
    await expect(deleteMatching('*bad*', 2)).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path: 'max_sources', message: '3 sources match' }] },
    })
    await expect(deleteMatching('nobody*', 9)).rejects.toMatchObject({ problem: { status: 404 } })
    const url = '/api/anomaly/sources?source=bad*'
    expect(await temporary.request({ method: 'DELETE', url })).toMatchObject({ status: 422 })
    expect(await matching('*')).toMatchObject({ sources: 3, samples: 4 })

    expect(await deleteMatching('BAD-?', 2)).toEqual(goes)
    await gone('bad-1')
    await gone('Bad-2')
    expect(await sizeOf('not-bad')).toMatchObject({ series: 1, samples: 1 })
    const events = await client.listEvents({})
    expect(events.map(({ source, status }) => `${source} ${status}`).toSorted()).toEqual([
      'Bad-2 RESOLVED',
      'bad-1 RESOLVED',
      'not-bad OPEN',
    ])
  })

  it('accepts posts of others meanwhile, and continues after a restart', async () => {
    const { client } = temporary
    for (let batch = 0; batch < 30; batch++)
      await client.postMetricsBatch({
        body: Array.from({ length: 100 }, (_, at) => ({ source: `bad-${batch}-${at}`, metric_type: 'CPU', value: 1 })),
      })
    expect(await deleteMatching('bad-*', 3000)).toMatchObject({ sources: 3000 })
    await expect(post('bad-new', 'CPU', 1)).rejects.toMatchObject({ problem: { status: 503 } })
    await post('web-1', 'CPU', 1)
    await temporary.restart()
    let posts = 1
    while ((await matching('bad-*')).sources > 0) {
      await post('web-1', 'CPU', 1)
      posts++
    }
    expect(posts).toBeGreaterThan(3)
    expect(await sizeOf('web-1')).toMatchObject({ samples: posts })
    await eventually(() => post('bad-new', 'CPU', 1))
  }, 60_000)
})
