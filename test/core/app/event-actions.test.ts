// What a person does with one event, beyond acknowledging and resolving it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
let ruleId: number
beforeEach(async () => {
  temporary = await temporaryApp()
  const body = { name: 'high', method: 'THRESHOLD', threshold: 90, resolve_seconds: 0, resolve_samples: 1 }
  ruleId = (await temporary.client.createRule({ body })).id
})
afterEach(() => temporary.remove())

async function post(value: number, source = 'db') {
  temporary.clock.advance(MINUTE)
  await temporary.client.postMetric({ body: { source, metric_type: 'CPU', value } })
}

const newest = async (count: number) =>
  eventually(async () => {
    const all = await temporary.client.listEvents()
    expect(all).toHaveLength(count)
    return all[0]!
  })

async function raise() {
  await post(99)
  return (await newest(1)).id
}

type Step = 'acknowledge' | 'resolve' | 'false-positive' | 'confirm' | 'reopen' | 'undo'
const take = (id: number, step: Step) =>
  temporary.request({ method: 'PATCH', url: `/api/anomaly/events/${id}/${step}?comment=because` })
const get = (id: number) => temporary.client.getEvent({ params: { event_id: id } })
const status = async (id: number, expected: string) =>
  eventually(async () => expect((await get(id)).status).toBe(expected))

describe('confirming', () => {
  it('changes no status, and is said with its line in the timeline', async () => {
    const id = await raise()
    const answer = await take(id, 'confirm')
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'OPEN', confirmed_by: 'ada' } })
    expect((await get(id)).timeline.at(-1)).toMatchObject({ kind: 'confirmed', who: 'ada', comment: 'because' })
  })

  it('is refused a second time, and for a false alarm', async () => {
    const id = await raise()
    await take(id, 'confirm')
    expect(await take(id, 'confirm')).toMatchObject({
      status: 409,
      body: { detail: `Event ${id} is confirmed already.` },
    })
    await take(id, 'false-positive')
    expect(await get(id)).toMatchObject({ status: 'FALSE_POSITIVE', confirmed_at: null, confirmed_by: null })
    expect(await take(id, 'confirm')).toMatchObject({ status: 409 })
  })
})

it('a comment changes nothing else', async () => {
  const id = await raise()
  const before = await get(id)
  const body = { comment: ' seen on the disk, too ' }
  const after = await temporary.client.commentOnEvent({ params: { event_id: id }, body })
  expect(after.timeline.at(-1)).toMatchObject({ kind: 'commented', who: 'ada', comment: 'seen on the disk, too' })
  expect({ ...after, timeline: [] }).toEqual({ ...before, timeline: [] })
  await take(id, 'resolve')
  expect((await temporary.client.commentOnEvent({ params: { event_id: id }, body })).status).toBe('RESOLVED')
  const empty = { method: 'POST', url: `/api/anomaly/events/${id}/comments`, body: { comment: ' ' } } as const
  expect(await temporary.request(empty)).toMatchObject({ status: 422 })
})

describe('reopening', () => {
  it('makes a resolved event live again, and its next recovery ends it', async () => {
    const id = await raise()
    await take(id, 'acknowledge')
    await take(id, 'resolve')
    expect(await take(id, 'reopen')).toMatchObject({
      status: 200,
      body: { status: 'OPEN', acknowledged_at: null, resolved_at: null, resolved_by: null },
    })
    await post(50)
    await status(id, 'RESOLVED')
  })

  it('puts the event under a silence that began meanwhile', async () => {
    const id = await raise()
    await take(id, 'resolve')
    const to = new Date(temporary.clock.now() + HOUR).toISOString()
    const body = { source: 'db', metric_type: '*', to, comment: 'works' }
    const silence = await temporary.client.createSilence({ body })
    await take(id, 'reopen')
    expect(await get(id)).toMatchObject({ status: 'OPEN', silenced_by: 'silence', silence_id: silence.id })
  })

  it('is refused while the event goes on, and where a newer one does', async () => {
    const id = await raise()
    expect(await take(id, 'reopen')).toMatchObject({
      status: 409,
      body: { detail: `Event ${id} has not ended: it is OPEN.` },
    })
    await take(id, 'resolve')
    await post(99)
    const next = (await newest(2)).id
    const detail = `Event ${next} of the same rule and series is newer and goes on.`
    expect(await take(id, 'reopen')).toMatchObject({ status: 409, body: { detail } })
    expect(await take(id, 'undo')).toMatchObject({ status: 409, body: { detail } })
  })

  it('is refused where no rule would resolve the event', async () => {
    const id = await raise()
    await take(id, 'resolve')
    const rule = { params: { rule_id: ruleId } }
    await temporary.client.updateRule({ ...rule, body: { source: 'web' } })
    expect(await take(id, 'reopen')).toMatchObject({ status: 409 })
    await temporary.client.updateRule({ ...rule, body: { source: '*', is_active: false } })
    expect(await take(id, 'reopen')).toMatchObject({ status: 409 })
    await temporary.client.deleteRule(rule)
    const detail = `The rule of event ${id} was deleted. Nothing would resolve the event.`
    expect(await take(id, 'reopen')).toMatchObject({ status: 409, body: { detail } })
  })
})

describe('undoing', () => {
  it.each([
    ['acknowledge', 'acknowledged', { status: 'OPEN', acknowledged_at: null, acknowledged_by: null }],
    ['resolve', 'resolved', { status: 'OPEN', resolved_at: null, resolved_by: null }],
    ['false-positive', 'false_positive', { status: 'OPEN', resolved_at: null, resolved_by: null }],
    ['confirm', 'confirmed', { status: 'OPEN', confirmed_at: null, confirmed_by: null }],
  ] as const)('takes back %s, once', async (step, kind, before) => {
    const id = await raise()
    expect((await get(id)).undo).toBeNull()
    await take(id, step)
    const until = new Date(temporary.clock.now() + DAY).toISOString()
    expect((await get(id)).undo).toEqual({ kind, who: 'ada', until })
    const undone = await take(id, 'undo')
    expect(undone).toMatchObject({ status: 200, body: { ...before, undo: null } })
    expect((await get(id)).timeline.at(-1)).toMatchObject({ kind: 'undone', comment: 'because' })
    const detail = `Event ${id} has nothing to undo.`
    expect(await take(id, 'undo')).toMatchObject({ status: 409, body: { detail } })
  })

  it('of a resolved event that was acknowledged before gives back the acknowledgement', async () => {
    const id = await raise()
    await take(id, 'acknowledge')
    await take(id, 'resolve')
    await take(id, 'undo')
    expect(await get(id)).toMatchObject({ status: 'ACKNOWLEDGED', acknowledged_by: 'ada', resolved_at: null })
  })

  it('of a resolution lets a series that is normal by now end the event', async () => {
    const id = await raise()
    await take(id, 'resolve')
    await post(50)
    await take(id, 'undo')
    expect((await get(id)).status).toBe('OPEN')
    await post(51)
    await status(id, 'RESOLVED')
    expect((await get(id)).resolved_by).toBe('tocsin')
  })

  it('is refused once something else changed the event, and a day later', async () => {
    const id = await raise()
    await take(id, 'acknowledge')
    await post(50)
    await status(id, 'RESOLVED')
    expect((await get(id)).undo).toBeNull()
    expect(await take(id, 'undo')).toMatchObject({ status: 409 })
    await take(id, 'confirm')
    temporary.clock.advance(DAY + 1)
    expect(await take(id, 'undo')).toMatchObject({ status: 409 })
  })

  it('survives a restart', async () => {
    const id = await raise()
    await take(id, 'false-positive')
    await temporary.restart()
    expect(await take(id, 'undo')).toMatchObject({ status: 200, body: { status: 'OPEN' } })
  })
})

it.each(['confirm', 'reopen', 'undo'] as const)('%s of an unknown event is 404', async (step) => {
  expect(await take(99, step)).toMatchObject({ status: 404, body: { detail: 'There is no event 99.' } })
})
