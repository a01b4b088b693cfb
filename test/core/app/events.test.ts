// From a posted sample to an event, and what is done with it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../../shared/schemas/event.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => {
  temporary = await temporaryApp()
  await temporary.client.createRule({
    body: { name: 'high', method: 'THRESHOLD', threshold: 90, severity: 'CRITICAL' },
  })
})
afterEach(() => temporary.remove())

async function fire(source = 'web-1', metric_type = 'CPU'): Promise<Event> {
  await temporary.client.postMetric({ body: { source, metric_type, value: 99 } })
  return eventually(async () => {
    const [event] = await temporary.client.listEvents({ query: { source } })
    expect(event?.status).toBe('OPEN')
    return event!
  })
}

const step = (id: number, to: string, comment = '') =>
  temporary.request({
    method: 'PATCH',
    url: `/api/anomaly/events/${id}/${to}${comment && `?comment=${encodeURIComponent(comment)}`}`,
  })

describe('the life of an event', () => {
  it('goes from OPEN through ACKNOWLEDGED to RESOLVED, every step with its user and comment', async () => {
    const { id } = await fire()
    temporary.clock.advance(60_000)
    expect(await step(id, 'acknowledge', 'on it & looking')).toEqual({
      status: 200,
      body: { event_id: id, status: 'ACKNOWLEDGED' },
    })
    expect(await step(id, 'resolve', 'restarted')).toEqual({ status: 200, body: { event_id: id, status: 'RESOLVED' } })
    const event = await temporary.client.getEvent({ params: { event_id: id } })
    const at = new Date(START + 60_000).toISOString()
    expect(event).toMatchObject({ acknowledged_by: 'ada', acknowledged_at: at, resolved_by: 'ada', resolved_at: at })
    expect(event.timeline.map(({ kind, who, comment }) => [kind, who, comment])).toEqual([
      ['raised', 'tocsin', null],
      ['acknowledged', 'ada', 'on it & looking'],
      ['resolved', 'ada', 'restarted'],
    ])
  })

  it('resolves once its series is normal for as long as the rule requires', async () => {
    const { id } = await fire()
    for (let minute = 0; minute < 6; minute++) {
      temporary.clock.advance(60_000)
      await temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value: 50 } })
    }
    const event = await eventually(async () => {
      const event = await temporary.client.getEvent({ params: { event_id: id } })
      expect(event.status).toBe('RESOLVED')
      return event
    })
    expect(event).toMatchObject({ resolved_by: 'tocsin', resolved_at: new Date(START + 360_000).toISOString() })
    const [, line] = event.timeline
    expect(line).toMatchObject({ kind: 'resolved', who: 'tocsin', comment: 'Normal for 5 min, 6 samples.' })
  })

  it('has the value of now while it is live, also if that is normal again', async () => {
    const { id } = await fire()
    temporary.clock.advance(60_000)
    await temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value: 50 } })
    const now = { status: 'OPEN', value: 99, peak_value: 99, current_value: 50 }
    expect(await temporary.client.getEvent({ params: { event_id: id } })).toMatchObject(now)
    expect(await temporary.client.listEvents()).toMatchObject([now])
    const { incident_id } = await temporary.client.getEvent({ params: { event_id: id } })
    const { members } = await temporary.client.getIncident({ params: { incident_id } })
    expect(members).toMatchObject([now])
    await step(id, 'resolve')
    expect(await temporary.client.listEvents()).toMatchObject([{ status: 'RESOLVED', current_value: 99 }])
  })

  it('is listed with those of its incident', async () => {
    const one = await fire('web-1', 'CPU')
    temporary.clock.advance(11 * 60_000)
    const other = await fire('db-1', 'CPU')
    await temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'MEMORY', value: 99 } })
    const ofIncident = (id: number) => temporary.client.listEvents({ query: { incident_id: id } })
    await eventually(async () => expect(await ofIncident(one.incident_id)).toHaveLength(2))
    expect((await ofIncident(one.incident_id)).map(({ metric_type }) => metric_type)).toEqual(['MEMORY', 'CPU'])
    expect(await ofIncident(other.incident_id)).toMatchObject([{ source: 'db-1' }])
    expect(await temporary.client.listEvents({ query: { incident_id: 99, status: 'OPEN' } })).toEqual([])
  })

  it.each([
    ['acknowledge', 'acknowledge', 400],
    ['resolve', 'acknowledge', 400],
    ['resolve', 'resolve', 400],
    ['false-positive', 'acknowledge', 400],
    ['false-positive', 'resolve', 200],
    ['resolve', 'false-positive', 200],
  ])('after %s, %s answers %d', async (first, second, status) => {
    const { id } = await fire()
    await step(id, first)
    expect((await step(id, second)).status).toBe(status)
  })

  it.each(['acknowledge', 'resolve', 'false-positive'])('%s of an unknown event is 404', async (to) => {
    expect(await step(99, to)).toMatchObject({ status: 404, body: { detail: 'There is no event 99.' } })
  })

  it('outlives its rule and a restart', async () => {
    const { id, rule_id } = await fire()
    await temporary.client.deleteRule({ params: { rule_id: rule_id! } })
    await temporary.restart()
    expect(await temporary.client.getEvent({ params: { event_id: id } })).toMatchObject({
      rule_id: null,
      rule_name: 'high',
    })
  })
})

describe('the list of events', () => {
  beforeEach(async () => {
    await fire('web-1', 'CPU')
    await fire('web-2', 'Memory')
    const { id } = await fire('100%_db', 'CPU')
    await step(id, 'resolve')
  })

  it.each([
    [{}, 3],
    [{ status: 'resolved' }, 1],
    [{ status: 'OPEN' }, 2],
    [{ severity: 'critical' }, 3],
    [{ severity: 'INFO' }, 0],
    [{ source: 'WEB' }, 2],
    [{ source: '%_' }, 1],
    [{ metric_type: 'MEMORY' }, 1],
    [{ metric_type: 'MEM' }, 0],
    [{ limit: 2 }, 2],
    [{ offset: 2 }, 1],
  ] as const)('filtered by %j has %d', async (query, count) => {
    expect(await temporary.client.listEvents({ query })).toHaveLength(count)
  })

  it('is newest first and leaves out what has ended and is older than the requested hours', async () => {
    expect((await temporary.client.listEvents()).map(({ id }) => id)).toEqual([3, 2, 1])
    temporary.clock.advance(2 * 3_600_000)
    const later = await temporary.client.listEvents({ query: { hours: 1 } })
    expect(later.map(({ status }) => status)).toEqual(['OPEN', 'OPEN'])
  })

  it.each([
    'status=GONE',
    'hours=0',
    'hours=721',
    'limit=201',
    'limit=0',
    'offset=-1',
    'hours=1.5',
    'hours=',
    'hours=0x10',
  ])('with ?%s is 422 and names the field', async (query) => {
    const answer = await temporary.request({ url: `/api/anomaly/events?${query}` })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: query.split('=')[0] }] } })
  })

  it('is counted by the summary, with open criticals separate', async () => {
    expect(await temporary.client.getSummary()).toEqual({
      period_hours: 24,
      total_events: 3,
      by_status: { OPEN: 2, RESOLVED: 1 },
      by_severity: { CRITICAL: 3 },
      by_metric_type: { CPU: 2, Memory: 1 },
      daily_trend: { '2026-01-05': 3 },
      metric_snapshots: 3,
      open_critical: 2,
      drills: { total_events: 0, live: 0, open_critical: 0 },
    })
  })
})
