import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '../../../shared/domain/time.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => {
  temporary = await temporaryApp()
  await temporary.client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90, severity: 'WARNING' } })
})
afterEach(() => temporary.remove())

/** Raises an event of a source. */
async function raise(source: string, metric_type = 'CPU') {
  await temporary.client.postMetric({ body: { source, metric_type, value: 99 } })
  return eventually(async () => {
    const event = (await temporary.client.listEvents()).find(
      (each) => each.source === source && each.metric_type === metric_type,
    )
    expect(event).toBeDefined()
    return event!
  })
}

const incident = (id: number) => temporary.client.getIncident({ params: { incident_id: id } })
const patch = (id: number, step: string) =>
  temporary.request({ method: 'PATCH', url: `/api/anomaly/incidents/${id}/${step}` })

describe('an incident', () => {
  it('groups what begins together over all sources, and names the first mover', async () => {
    const first = await raise('db')
    temporary.clock.advance(MINUTE)
    for (const source of ['api', 'web']) await raise(source)
    const { members, ...found } = await incident(first.id)
    expect(members.map(({ source }) => source)).toEqual(['db', 'api', 'web'])
    expect(found).toMatchObject({
      title: '3 sources, 3 series; began with CPU on db',
      status: 'OPEN',
      began_at: first.began_at,
      ended_at: null,
      first_mover: { event_id: first.id, source: 'db', metric_type: 'CPU' },
      sources: 3,
      series: 3,
      events: 3,
      open: 3,
      acknowledged: 0,
      drill: false,
    })
  })

  it('of one event has its title', async () => {
    const { id } = await raise('db')
    expect(await incident(id)).toMatchObject({ title: 'CPU on db is above its threshold', sources: 1 })
  })

  it('is acknowledged, snoozed and resolved as a whole', async () => {
    const { id } = await raise('db')
    await raise('api')
    const query = { comment: 'on it' }
    expect(await temporary.client.acknowledgeIncident({ params: { incident_id: id }, query })).toMatchObject({
      status: 'ACKNOWLEDGED',
      open: 0,
      acknowledged: 2,
    })
    expect((await temporary.client.getEvent({ params: { event_id: id + 1 } })).timeline.at(-1)).toMatchObject({
      kind: 'acknowledged',
      comment: 'on it',
    })
    expect(await patch(id, 'acknowledge')).toMatchObject({ status: 400 })
    // What joins later is open, and the incident with it.
    await raise('web')
    expect(await incident(id)).toMatchObject({ status: 'OPEN', open: 1, acknowledged: 2 })
    const snoozed = await temporary.client.snoozeIncident({ params: { incident_id: id }, query: { minutes: 5 } })
    expect(snoozed.members.map(({ silenced_by }) => silenced_by)).toEqual(['snooze', 'snooze', 'snooze'])
    const resolved = await temporary.client.resolveIncident({ params: { incident_id: id } })
    expect(resolved).toMatchObject({ status: 'RESOLVED', open: 0, acknowledged: 0 })
    expect(resolved.ended_at).not.toBeNull()
    expect(await patch(id, 'resolve')).toMatchObject({ status: 400, body: { detail: `Incident ${id} has ended.` } })
  })

  it.each(['acknowledge', 'resolve', 'snooze?minutes=5'])('that does not exist answers 404 to %s', async (step) => {
    expect(await patch(99, step)).toMatchObject({ status: 404, body: { detail: 'There is no incident 99.' } })
  })

  it('that a person resolved is over: what goes on is a new one', async () => {
    const { id } = await raise('db')
    await temporary.client.resolveIncident({ params: { incident_id: id } })
    expect((await raise('db', 'MEMORY')).incident_id).not.toBe(id)
  })
})

it('incidents are listed with their total, live ones whatever their age', async () => {
  const { id: old } = await raise('db')
  temporary.clock.advance(100 * 60 * MINUTE)
  const { id: ended } = await raise('api')
  await temporary.client.resolveIncident({ params: { incident_id: ended } })
  const list = (query: object = {}) => temporary.client.listIncidents({ query })
  expect(await list()).toMatchObject({ total: 2, incidents: [{ id: old }, { id: ended }] })
  expect(await list({ status: 'live' })).toMatchObject({ total: 1, incidents: [{ id: old }] })
  expect(await list({ status: 'resolved', limit: 1 })).toMatchObject({ total: 1, incidents: [{ id: ended }] })
  expect(await list({ offset: 1, limit: 1 })).toMatchObject({ total: 2, incidents: [{ id: ended }] })
})

it('an event that crosses over ends, and the other side begins in the same incident', async () => {
  await temporary.client.createRule({
    body: {
      name: 'range',
      method: 'THRESHOLD',
      operator: 'outside',
      metric_type: 'LOAD',
      params: { lower: 10, upper: 50 },
    },
  })
  const post = async (value: number) => {
    temporary.clock.advance(MINUTE)
    await temporary.client.postMetric({ body: { source: 'db', metric_type: 'LOAD', value } })
  }
  for (const value of [60, 70, 5]) await post(value)
  const events = await eventually(async () => {
    const found = (await temporary.client.listEvents()).filter(({ rule_name }) => rule_name === 'range')
    expect(found).toHaveLength(2)
    return found
  })
  expect(events).toMatchObject([
    { side: 'below', status: 'OPEN', current_value: 5, title: 'LOAD on db is below its threshold' },
    { side: 'above', status: 'RESOLVED', resolved_by: 'tocsin', peak_value: 70, current_value: 5 },
  ])
  expect(events[0]!.incident_id).toBe(events[1]!.incident_id)
})
