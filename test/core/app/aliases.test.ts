// Former names of fields: over the API, in the OpenAPI document and in a database of an earlier version.
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const settings = (method: 'GET' | 'PATCH', body?: object) =>
  temporary.request({ method, url: '/api/anomaly/settings', body })

it('stand in answers beside the current ones', async () => {
  expect((await temporary.request({ url: '/api/anomaly/health' })).body).toMatchObject({
    rejected_posts: 0,
    posts_turned_away: 0,
    evaluation_p99: null,
    judging_p99: null,
    write_error: null,
    trouble: null,
  })
})

it('change a setting, alone or with the same value under the current name', async () => {
  expect(await settings('PATCH', { most_series: 500, power_loss_safe: true })).toMatchObject({
    status: 200,
    body: { max_series: 500, most_series: 500, durable_writes: true, power_loss_safe: true },
  })
  expect(await settings('PATCH', { most_series: 600, max_series: 600 })).toMatchObject({ status: 200 })
  expect(await settings('GET')).toMatchObject({ body: { max_series: 600, most_series: 600 } })
})

it('are refused with another value than under the current name', async () => {
  expect(await settings('PATCH', { most_series: 500, max_series: 600, theme: 'pink' })).toMatchObject({
    status: 422,
    body: {
      errors: [{ path: 'max_series', message: 'has another value under its former name' }, { path: 'theme' }],
    },
  })
  expect(await settings('GET')).toMatchObject({ body: { max_series: 200_000 } })
})

it('work in a query', async () => {
  await temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value: 1 } })
  const remove = (query: string) => temporary.request({ method: 'DELETE', url: `/api/anomaly/sources?${query}` })
  expect(await remove('source=*&most_sources=2&max_sources=1')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'max_sources' }] },
  })
  expect(await remove('source=*&most_sources=1')).toMatchObject({ status: 202, body: { sources: 1 } })
})

it('are read from a database that an earlier version wrote', async () => {
  await temporary.app.close()
  const database = new Sqlite(join(temporary.dataDir, 'tocsin.db'))
  const stored = JSON.stringify({ theme: 'dark', most_series: 700, most_series_of_source: 300, power_loss_safe: true })
  database.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES ('settings', ?)").run(stored)
  database.close()
  await temporary.restart()
  expect(await temporary.client.getSettings()).toMatchObject({
    theme: 'dark',
    max_series: 700,
    max_series_per_source: 300,
    durable_writes: true,
  })
  // What is written has the current names, and outlives a restart.
  await temporary.client.updateSettings({ body: { max_series: 800 } })
  await temporary.restart()
  expect(await temporary.client.getSettings()).toMatchObject({ max_series: 800, max_series_per_source: 300 })
})

it('are deprecated in the OpenAPI document', async () => {
  const { body } = await temporary.request({ url: '/api/openapi.json' })
  const { paths } = body as { paths: Record<string, Record<string, Described>> }
  const answer = paths['/api/anomaly/settings']!.get!.responses[200]!.content['application/json'].schema
  expect(answer.properties.most_series).toEqual({
    ...answer.properties.max_series,
    description: 'Renamed to `max_series`.',
    deprecated: true,
  })
  expect(answer.properties.max_series).toMatchObject({ type: 'integer', minimum: 100 })
  const query = paths['/api/anomaly/sources']!.delete!.parameters!
  expect(query.find(({ name }) => name === 'most_sources')).toMatchObject({ required: false })
})

interface Described {
  parameters?: { name: string; required: boolean }[]
  responses: Record<string, { content: { 'application/json': { schema: { properties: Record<string, object> } } } }>
}
