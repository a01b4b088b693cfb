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

  it('is silenced as a whole: each of its series for a time, and nothing else', async () => {
    const { id } = await raise('db')
    await raise('db', 'MEMORY')
    const query = { minutes: 30, comment: 'a known outage' }
    const { members } = await temporary.client.silenceIncident({ params: { incident_id: id }, query })
    expect(members.map(({ silenced_by }) => silenced_by)).toEqual(['silence', 'silence'])
    expect(await raise('db', 'DISK')).toMatchObject({ silenced_by: null, incident_id: id })
    const silences = await temporary.client.listSilences()
    expect(silences.map(({ metric_type, comment }) => [metric_type, comment])).toEqual([
      ['MEMORY', 'a known outage'],
      ['CPU', 'a known outage'],
    ])
    await temporary.client.resolveIncident({ params: { incident_id: id } })
    expect(await patch(id, 'silence?minutes=5')).toMatchObject({ status: 400 })
  })

  it('is confirmed, commented on, resolved by mistake, and undone as a whole', async () => {
    const { id } = await raise('db')
    await raise('api')
    const params = { incident_id: id }
    const confirmed = await temporary.client.confirmIncident({ params })
    expect(confirmed.members.map(({ confirmed_by }) => confirmed_by)).toEqual(['ada', 'ada'])
    expect(await patch(id, 'confirm')).toMatchObject({ status: 409 })
    await temporary.client.commentOnIncident({ params, body: { comment: 'the disk of db' } })
    for (const event_id of [id, id + 1])
      expect((await temporary.client.getEvent({ params: { event_id } })).timeline.at(-1)).toMatchObject({
        kind: 'commented',
        comment: 'the disk of db',
      })
    expect((await temporary.client.resolveIncident({ params })).status).toBe('RESOLVED')
    expect(await temporary.client.undoIncident({ params })).toMatchObject({ status: 'OPEN', open: 2, ended_at: null })
    expect(await patch(id, 'undo')).toMatchObject({
      status: 409,
      body: { detail: `Incident ${id} has nothing to undo.` },
    })
  })

  it('is reopened with the events that it ended with', async () => {
    const { id } = await raise('db')
    expect(await patch(id, 'reopen')).toMatchObject({ status: 409, body: { detail: `Incident ${id} has not ended.` } })
    await temporary.client.resolveEvent({ params: { event_id: id } })
    const { id: other } = await raise('api')
    temporary.clock.advance(60 * MINUTE)
    const { id: late } = await raise('api', 'MEMORY')
    await temporary.client.resolveIncident({ params: { incident_id: other } })
    const reopened = await temporary.client.reopenIncident({ params: { incident_id: other } })
    expect(reopened).toMatchObject({ status: 'OPEN', open: 2 })
    expect(reopened.members.filter(({ status }) => status === 'OPEN').map((event) => event.id)).toEqual([other, late])
  })

  it('that could not be resolved again is not reopened', async () => {
    const { id, rule_id } = await raise('db')
    await temporary.client.deleteRule({ params: { rule_id: rule_id! } })
    expect(await patch(id, 'reopen')).toMatchObject({
      status: 409,
      body: { detail: `The rule of event ${id} was deleted. Nothing would resolve the event.` },
    })
  })

  it.each(['acknowledge', 'resolve', 'snooze?minutes=5', 'silence?minutes=5', 'confirm', 'reopen', 'undo'])(
    'that does not exist answers 404 to %s',
    async (step) => {
      expect(await patch(99, step)).toMatchObject({ status: 404, body: { detail: 'There is no incident 99.' } })
    },
  )

  it('that a person resolved is over: what goes on is a new one', async () => {
    const { id } = await raise('db')
    await temporary.client.resolveIncident({ params: { incident_id: id } })
    expect((await raise('db', 'MEMORY')).incident_id).not.toBe(id)
  })
})

it('an event that stays far beyond its limit makes its incident critical after half an hour, and keeps its severity', async () => {
  const post = (value: number) =>
    temporary.client.postMetric({ body: { source: 'db', metric_type: 'CPU', value } }).then(evaluated)
  const evaluated = () => eventually(async () => expect((await temporary.client.getHealth()).samples_waiting).toBe(0))
  for (let minute = 0; minute < 30; minute++) {
    await post(minute === 5 ? 91 : 900)
    temporary.clock.advance(MINUTE)
  }
  const [event] = await temporary.client.listEvents()
  const severity = async () => (await incident(event!.incident_id)).severity
  expect(await severity()).toBe('WARNING')
  for (let minute = 30; minute < 37; minute++) {
    await post(900)
    temporary.clock.advance(MINUTE)
  }
  expect(await severity()).toBe('CRITICAL')
  expect((await temporary.client.listEvents())[0]).toMatchObject({ id: event!.id, severity: 'WARNING' })
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
  expect(await list({ q: 'API cpu' })).toMatchObject({ total: 1, incidents: [{ id: ended }] })
  expect(await list({ q: 'api db' })).toEqual({ total: 0, incidents: [] })
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
