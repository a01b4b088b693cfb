// Events by words, and how many a filter has.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => {
  temporary = await temporaryApp()
  const rule = { method: 'THRESHOLD', threshold: 90 }
  await temporary.client.createRule({ body: { ...rule, name: 'Überlast', metric_type: 'CPU' } })
  await temporary.client.createRule({ body: { ...rule, name: '100% full', metric_type: 'DISK' } })
  for (const [source, metric_type] of [
    ['web-1', 'CPU'],
    ['web-2', 'CPU'],
    ['web-2', 'DISK'],
  ] as const)
    await temporary.client.postMetric({ body: { source, metric_type, value: 99 } })
  await eventually(async () => expect(await temporary.client.listEvents()).toHaveLength(3))
})
afterEach(() => temporary.remove())

it.each([
  ['web', ['web-1 CPU', 'web-2 CPU', 'web-2 DISK']],
  ['WEB-2 threshold', ['web-2 CPU', 'web-2 DISK']],
  [' cpu   web-1 ', ['web-1 CPU']],
  ['üBERLAST', ['web-1 CPU', 'web-2 CPU']],
  ['100% full', ['web-2 DISK']],
  ['100_', []],
  ['disk web-1', []],
])('the words %j find %j, and are counted', async (q, expected) => {
  const found = await temporary.client.listEvents({ query: { q } })
  expect(found.map(({ source, metric_type }) => `${source} ${metric_type}`).toSorted()).toEqual(expected)
  expect(await temporary.client.countEvents({ query: { q } })).toEqual({ total: expected.length })
})

it('every other filter is counted too, whatever the page', async () => {
  const [event] = await temporary.client.listEvents({ query: { limit: 1 } })
  await temporary.client.resolveEvent({ params: { event_id: event!.id } })
  const count = async (query: object) => (await temporary.client.countEvents({ query })).total
  expect(await count({})).toBe(3)
  expect(await count({ status: 'open' })).toBe(2)
  expect(await count({ source: 'web-2', metric_type: 'cpu' })).toBe(1)
  expect(await count({ source: 'nothing' })).toBe(0)
  expect(await count({ incident_id: event!.incident_id, q: 'web-2' })).toBe(2)
})
