// What stays becomes the new normal, unless a person says otherwise.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, toIso } from '../../../shared/domain/time.ts'
import { randomFrom } from '../../support/random.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

const STEP = 5 * MINUTE
const SHIFT = START + 8 * DAY

let temporary: TemporaryApp
/** The time of the next sample. */
let time: number
let random: () => number
beforeEach(async () => {
  temporary = await temporaryApp()
  time = START
  random = randomFrom(1)
  await temporary.client.createRule({ body: { name: 'unusual', method: 'ADAPTIVE', params: { time_zone: 'UTC' } } })
})
afterEach(() => temporary.remove())

/** Samples around a level up to a time. */
async function play(until: number, level: number) {
  temporary.clock.advance(Math.max(0, until - temporary.clock.now()))
  const samples: { source: string; metric_type: string; value: number; unit: string; recorded_at: string }[] = []
  for (; time < until; time += STEP)
    samples.push({
      source: 'pay',
      metric_type: 'LATENCY',
      value: level + 4 * random(),
      unit: 'ms',
      recorded_at: toIso(time),
    })
  for (let from = 0; from < samples.length; from += 100)
    await temporary.client.postMetricsBatch({ body: samples.slice(from, from + 100) })
  await evaluated()
}

const evaluated = () => eventually(async () => expect((await temporary.client.getHealth()).samples_waiting).toBe(0))

const events = () => temporary.client.listEvents({ query: { hours: 720 } })
const get = (event_id: number) => temporary.client.getEvent({ params: { event_id } })

/** An event of a level that is half as high again. */
async function raised() {
  await play(SHIFT, 100)
  await play(SHIFT + HOUR, 150)
  const [event] = await events()
  expect(event).toMatchObject({ status: 'OPEN', resolution: null })
  return event!.id
}

describe('a level that stays', () => {
  it('ends its event after two days, with a line of what is normal now', async () => {
    const id = await raised()
    await play(SHIFT + 3 * DAY, 150)
    const event = await get(id)
    expect(event).toMatchObject({ status: 'RESOLVED', resolution: 'adopted', resolved_by: 'tocsin' })
    expect(event.timeline.at(-1)).toMatchObject({ kind: 'adopted', who: 'tocsin' })
    expect(event.timeline.at(-1)!.comment).toMatch(/^Normal is 15\d ms from now on; it was 10\d ms before\.$/)
    expect(event.undo).toMatchObject({ kind: 'adopted', who: 'tocsin' })
    expect(await events()).toHaveLength(1)
  })

  it('notifies once, if the event did and none of it is silenced', async () => {
    const sent: string[] = []
    temporary.app.notify(({ title, body }) => void sent.push(`${title}. ${body}`))
    const id = await raised()
    await eventually(async () => expect(sent).toHaveLength(1))
    await play(SHIFT + 3 * DAY, 150)
    await temporary.client.commentOnEvent({ params: { event_id: id }, body: { comment: 'fine' } })
    await eventually(async () => expect(sent.length).toBeGreaterThan(1))
    expect(sent).toHaveLength(2)
    expect(sent[1]).toMatch(/^LATENCY on pay: new normal\. Normal is 15\d ms from now on; it was 10\d ms before\./)
  })

  it('is an anomaly again once that is undone, also after a restart, and is not adopted again', async () => {
    const id = await raised()
    await play(SHIFT + 3 * DAY, 150)
    const undone = await temporary.client.undoEvent({ params: { event_id: id } })
    expect(undone).toMatchObject({ status: 'OPEN', resolution: null, resolved_at: null })
    await evaluated()
    await temporary.restart()
    const { occurrences } = await get(id)
    await play(SHIFT + 7 * DAY, 150)
    const later = await get(id)
    expect(later.status).toBe('OPEN')
    expect(later.occurrences - occurrences).toBe((4 * DAY) / STEP)
  })

  it('is taken back by a new event if a newer one was raised meanwhile', async () => {
    const id = await raised()
    await play(SHIFT + 3 * DAY, 150)
    await play(SHIFT + 3 * DAY + HOUR, 400)
    await play(SHIFT + 4 * DAY, 150)
    expect(await events()).toHaveLength(2)
    const undone = await temporary.client.undoEvent({ params: { event_id: id } })
    expect(undone).toMatchObject({ status: 'RESOLVED', resolution: null })
    await play(SHIFT + 5 * DAY, 150)
    expect((await events())[0]).toMatchObject({ status: 'OPEN' })
  })

  it('can be undone for 14 days', async () => {
    const id = await raised()
    await play(SHIFT + 3 * DAY, 150)
    temporary.clock.advance(14 * DAY)
    expect((await get(id)).undo).toBeNull()
    const request = { method: 'PATCH', url: `/api/anomaly/events/${id}/undo` } as const
    expect(await temporary.request(request)).toMatchObject({ status: 409 })
  })

  it.each(['acknowledgeEvent', 'confirmEvent'] as const)(
    'is never adopted after %s, across a restart',
    async (step) => {
      const id = await raised()
      await temporary.client[step]({ params: { event_id: id } })
      await temporary.restart()
      await play(SHIFT + 8 * DAY, 150)
      const event = await get(id)
      expect(event.resolution).toBeNull()
      expect(event.occurrences).toBeGreaterThan((7 * DAY) / STEP)
    },
  )

  it('is not adopted after an acknowledgement where a normal sample comes now and then', async () => {
    const id = await raised()
    await temporary.client.acknowledgeEvent({ params: { event_id: id } })
    for (let hour = 2; hour <= 60; hour++) {
      await play(SHIFT + hour * HOUR - STEP, 150)
      await play(SHIFT + hour * HOUR, 100)
    }
    expect((await get(id)).resolution).toBeNull()
  })

  it('may be adopted once the acknowledgement is undone', async () => {
    const id = await raised()
    await temporary.client.acknowledgeEvent({ params: { event_id: id } })
    await evaluated()
    await temporary.client.undoEvent({ params: { event_id: id } })
    await play(SHIFT + 3 * DAY, 150)
    expect((await get(id)).resolution).toBe('adopted')
  })

  it('is learned at once if it is marked as a false alarm', async () => {
    const id = await raised()
    await temporary.client.markFalsePositive({ params: { event_id: id } })
    await play(SHIFT + HOUR + DAY, 150)
    await play(SHIFT + 2 * DAY, 100)
    await play(SHIFT + 2 * DAY + HOUR, 150)
    expect((await events()).filter(({ status }) => status === 'OPEN')).toEqual([])
  })
})
