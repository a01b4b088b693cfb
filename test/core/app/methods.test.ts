// What the methods beyond limits and windows do through the whole program.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const at = (time: number) => new Date(time).toISOString()
/** A batch takes a hundred samples. */
async function post(metric_type: string, values: readonly number[], times: readonly number[]) {
  const body = values.map((value, index) => {
    return { source: 'web-1', metric_type, value, unit: 'B', recorded_at: at(times[index]!) }
  })
  for (let from = 0; from < body.length; from += 100)
    await temporary.client.postMetricsBatch({ body: body.slice(from, from + 100) })
}
const every = (interval: number, count: number, end = START) =>
  Array.from({ length: count }, (_, index) => end - (count - 1 - index) * interval)

it('a counter fires by its rate, and its event states it', async () => {
  await temporary.client.createRule({ body: { name: 'flood', method: 'THRESHOLD', threshold: 15 } })
  await post('sent_total{to="a"}', [1000, 1050, 1100, 1300, 60], every(5000, 5))
  const [event] = await eventually(async () => {
    const events = await temporary.client.listEvents()
    expect(events).toHaveLength(1)
    return events
  })
  expect(event).toMatchObject({
    value: 40,
    peak_value: 40,
    unit: 'B/s',
    upper: 15,
    title: 'sent_total{to="a"} on web-1 is above its threshold',
    side: 'above',
    current_value: 40,
    description: 'Per second: 40 is above the limit of 15.',
  })
  const rule = { method: 'THRESHOLD', threshold: 15, hours: 24 }
  const { newest_firings } = await temporary.client.previewRule({ body: rule })
  expect(newest_firings).toMatchObject([{ value: 40, unit: 'B/s' }])
})

it('a preview of NO_DATA counts the gaps of the history', async () => {
  const times = [...every(5000, 100, START - 4_000_000), ...every(5000, 400, START - 1000)]
  const steady = times.map(() => 1)
  await post('CPU', steady, times)
  const { firings, newest_firings } = await temporary.client.previewRule({ body: { method: 'NO_DATA', hours: 24 } })
  expect(firings).toBe(1)
  expect(newest_firings[0]!.reason).toMatch(/^No data for .*; a sample normally comes within 5.s\.$/)
})

it('a drill makes no silence', async () => {
  await temporary.client.createRule({ body: { name: 'silent', method: 'NO_DATA' } })
  const body = { source: 'web-1', metric_type: 'CPU', normal_count: 50, anomaly_value: 500 }
  expect(await temporary.client.simulate({ body })).toMatchObject({ events_created: 0 })
})

it('a recovery on the wrong side of its limit is refused by name', async () => {
  const rule = { name: 'n', method: 'THRESHOLD', threshold: 90, params: { recovery: 95 } }
  await expect(temporary.client.createRule({ body: rule })).rejects.toMatchObject({ problem: { status: 422 } })
})
