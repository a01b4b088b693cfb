// One event in one file, from the Tocsin that raised it to that of a colleague.
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle as bundleSchema, type Bundle } from '../../../shared/schemas/bundle.ts'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let here: TemporaryApp
let there: TemporaryApp
beforeEach(async () => {
  here = await temporaryApp()
  there = await temporaryApp()
})
afterEach(async () => {
  await here.remove()
  await there.remove()
})

const at = (seconds: number) => new Date(START - 3_600_000 + seconds * 1000).toISOString()

async function post(samples: Partial<SampleIn>[]) {
  for (let from = 0; from < samples.length; from += 100) {
    const body = samples.slice(from, from + 100).map((each) => ({ source: 'web', metric_type: 'N', value: 1, ...each }))
    await here.client.postMetricsBatch({ body })
  }
}

async function fire(): Promise<number> {
  await here.client.createRule({ body: { name: 'High', metric_type: 'N', method: 'THRESHOLD', threshold: 10 } })
  await post(Array.from({ length: 150 }, (_, i) => ({ value: i % 5, unit: 'ms', recorded_at: at(i) })))
  await post(Array.from({ length: 150 }, (_, i) => ({ metric_type: 'OTHER', value: i, recorded_at: at(i) })))
  await post([
    { source: 'elsewhere', metric_type: 'OTHER' },
    { value: 99, recorded_at: at(150) },
  ])
  return eventually(async () => (await here.client.listEvents())[0]!.id)
}

const bundleOf = (id: number) => here.client.getBundle({ params: { event_id: id } })

test('holds the event, its samples, its neighbours, its rule and why it fired', async () => {
  const id = await fire()
  await here.client.acknowledgeEvent({ params: { event_id: id }, query: { comment: 'mine' } })
  const bundle = await bundleOf(id)
  expect(bundle).toMatchObject({ format: 'tocsin-bundle', version: 1, rule: { name: 'High', threshold: 10 } })
  expect(bundle.event).toMatchObject({ id, value: 99, status: 'ACKNOWLEDGED' })
  expect(bundle.event.timeline.map(({ kind, comment }) => [kind, comment])).toContainEqual(['acknowledged', 'mine'])
  expect(bundle.explanation.headline).not.toBe('')
  expect(bundle.incident.map((event) => event.id)).toEqual([id])
  expect(bundle.series).toMatchObject({ source: 'web', metric_type: 'N', unit: 'ms', cut: false })
  expect(bundle.series.values).toEqual([...Array.from({ length: 150 }, (_, i) => i % 5), 99])
  expect(bundle.series.times.at(-1)).toBe(Date.parse(at(150)))
  expect(bundle.neighbours.map(({ source, metric_type, values }) => [source, metric_type, values.length])).toEqual([
    ['web', 'OTHER', 150],
  ])
})

test('holds no secret', async () => {
  await here.client.updateSettings({ body: { llm: { enabled: true, api_key: 'sk-very-secret' } } })
  const text = JSON.stringify(await bundleOf(await fire()))
  expect(text).not.toContain(here.app.token)
  expect(text).not.toContain('sk-very-secret')
  expect(text).not.toContain(here.dataDir)
})

test('a colleague opens it, and nothing of it becomes theirs', async () => {
  const bundle = await bundleOf(await fire())
  expect(await there.client.checkBundle({ body: bundle })).toEqual(bundle)
  expect(await there.client.listEvents()).toEqual([])
  expect(await there.client.listSeries()).toEqual([])
  expect(await there.client.listRules()).toEqual([])
})

test('has room for a body, however much there is, and says what was left out', async () => {
  await here.client.createRule({ body: { name: 'High', metric_type: 'N', method: 'THRESHOLD', threshold: 10 } })
  const noisy = () => Math.random() * 1e-5
  await post(Array.from({ length: 10_500 }, (_, i) => ({ value: noisy(), recorded_at: at(i / 10) })))
  for (let type = 0; type < 40; type++) {
    const metric_type = `OTHER-${type}`
    await post(Array.from({ length: 1100 }, (_, i) => ({ metric_type, value: noisy(), recorded_at: at(i) })))
  }
  await post([{ value: 99, recorded_at: at(1100) }])
  const id = await eventually(async () => (await here.client.listEvents())[0]!.id)
  const bundle = await bundleOf(id)
  expect(bundle.series.cut).toBe(true)
  expect(bundle.neighbours.length).toBeGreaterThan(5)
  const text = JSON.stringify(bundle)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
  const answer = await there.app.server.inject({
    method: 'POST',
    url: '/api/anomaly/bundles',
    headers: {
      authorization: `Bearer ${there.app.token}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    payload: gzipSync(text),
  })
  expect(answer.statusCode).toBe(200)
}, 60_000)

test('has room for a body, however much was written on its event and those around it', async () => {
  const evil = (length: number) => '\u0001'.repeat(length)
  await here.client.createRule({
    body: { name: evil(200), method: 'THRESHOLD', threshold: 10, description: evil(2000) },
  })
  const source = evil(256)
  const many = Array.from({ length: 100 }, (_, i) => ({ source, metric_type: `${i}`.padEnd(256, '\u0002'), value: 99 }))
  await here.client.postMetricsBatch({ body: many })
  const events = await eventually(async () => {
    const events = await here.client.listEvents({ query: { limit: 200 } })
    expect(events).toHaveLength(100)
    return events
  })
  const { id } = events.at(-1)!
  for (let at = 0; at < 60; at++)
    await here.client.markFalsePositive({ params: { event_id: id }, query: { comment: evil(1000) } })
  const bundle = await bundleOf(id)
  expect(bundle.event.timeline).toHaveLength(61)
  expect(bundle.incident.length).toBeGreaterThan(10)
  expect(Buffer.byteLength(JSON.stringify(bundle))).toBeLessThanOrEqual(1024 * 1024)
  expect(await there.client.checkBundle({ body: bundle })).toEqual(bundle)
})

test('what is no bundle is refused with the field named', async () => {
  const good = await bundleOf(await fire())
  const rejectionOf = (body: unknown) =>
    there.client.checkBundle({ body: body as Bundle }).then(
      () => 'taken',
      (error: { problem: { status: number; errors?: { path: string }[] } }) => [
        error.problem.status,
        error.problem.errors?.[0]?.path,
      ],
    )
  expect(await rejectionOf(good)).toBe('taken')
  expect(await rejectionOf([])).toEqual([422, 'body'])
  expect(await rejectionOf({ ...good, format: 'other' })).toEqual([422, 'format'])
  expect(await rejectionOf({ ...good, version: 2 })).toEqual([422, 'version'])
  expect(await rejectionOf({ ...good, event: { ...good.event, title: 5 } })).toEqual([422, 'event.title'])
  expect(await rejectionOf({ ...good, series: { ...good.series, values: [1] } })).toEqual([422, 'series.values'])
  expect(await rejectionOf({ ...good, series: { ...good.series, times: [9e15], values: [1] } })).toEqual([
    422,
    'series.times.0',
  ])
  const many = { ...good.series, times: Array(10_001).fill(1), values: Array(10_001).fill(1) }
  expect(await rejectionOf({ ...good, series: many })).toEqual([422, 'series.times'])
  expect(bundleSchema.safeParse(good).success).toBe(true)
})
