// Silences, maintenance windows and snoozes from the request to the event, and what is notified.
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MINUTE } from '../../../shared/domain/time.ts'
import { isOfEvent, type Change } from '../../../shared/schemas/change.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { notifyAtOnce } from '../notify/notify-at-once.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

const iso = (time: number) => new Date(time).toISOString()

let temporary: TemporaryApp
/** Sources of the events that were notified, in their order. */
let notified: string[]
beforeEach(async () => {
  // What is done every few seconds is done when a test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await begin()
})
afterEach(async () => {
  await temporary.remove()
  vi.useRealTimers()
})

async function begin() {
  temporary = await temporaryApp()
  await temporary.client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90, severity: 'WARNING' } })
  listen()
}

function listen() {
  notified = []
  const shouldNotify = notifyAtOnce()
  temporary.app.changes.subscribe(
    (change) => void (isOfEvent(change) && shouldNotify(change) && notified.push(change.event.source)),
  )
}

/** Posts a value that fires and waits until it is evaluated. */
async function post(source: string): Promise<Event> {
  const time = iso(temporary.clock.now())
  await temporary.client.postMetric({ body: { source, metric_type: 'CPU', value: 99, recorded_at: time } })
  return eventually(async () => {
    const [event] = await temporary.client.listEvents({ query: { source } })
    expect(event?.last_seen_at).toBe(time)
    return event!
  })
}

const silenced = (source: string, given: object = {}) =>
  temporary.client.createSilence({
    body: { source, to: iso(temporary.clock.now() + 60 * MINUTE), comment: 'Deploy', ...given },
  })
const eventOf = async (id: number) => temporary.client.getEvent({ params: { event_id: id } })
const linesOf = async (id: number) => (await eventOf(id)).timeline.map(({ kind, who, comment }) => [kind, who, comment])
const pass = async (minutes: number) => {
  temporary.clock.advance(minutes * MINUTE)
  await keepQuiet()
}

/** Longer than the clock is looked at again, in a few turns of the event loop. */
async function keepQuiet() {
  vi.advanceTimersByTime(6000)
  for (let turn = 0; turn < 10; turn++) await nextTurn()
}

describe('a silence', () => {
  it('keeps what it matches from notifying, and notifies once when the silence is over', async () => {
    const silence = await silenced('web-*')
    expect(silence).toMatchObject({ source: 'web-*', metric_type: '*', from: iso(START), created_by: 'ada' })
    const { id } = await post('web-1')
    expect(await eventOf(id)).toMatchObject({
      status: 'OPEN',
      silenced_by: 'silence',
      silence_id: silence.id,
      silenced_until: iso(START + 60 * MINUTE),
    })
    await post('db-1')
    expect(notified).toEqual(['db-1'])

    await pass(59)
    expect((await eventOf(id)).silenced_by).toBe('silence')
    await pass(1)
    expect(await eventOf(id)).toMatchObject({ silenced_by: null, silence_id: null, silenced_until: null })
    await post('web-1')
    await pass(5)
    expect(notified).toEqual(['db-1', 'web-1'])
    expect(await linesOf(id)).toEqual([
      ['raised', 'tocsin', null],
      ['silenced', 'tocsin', 'Deploy'],
      ['unsilenced', 'tocsin', null],
    ])
  })

  it('that is created while an event is live silences it, and names its creator', async () => {
    const { id } = await post('web-1')
    await silenced('web-1')
    expect((await eventOf(id)).silenced_by).toBe('silence')
    expect((await linesOf(id)).at(-1)).toEqual(['silenced', 'ada', 'Deploy'])
  })

  it('that is ended early lets its events notify at once, and stays as an expired one', async () => {
    const { id: silence_id } = await silenced('web-1')
    const { id } = await post('web-1')
    temporary.clock.advance(MINUTE)
    const ended = await temporary.client.endSilence({ params: { silence_id } })
    expect(ended.to).toBe(iso(START + MINUTE))
    expect(notified).toEqual(['web-1'])
    expect((await linesOf(id)).at(-1)).toEqual(['unsilenced', 'ada', null])
    expect(await temporary.client.listSilences()).toEqual([ended])
  })

  it('that is scheduled begins by the clock', async () => {
    await silenced('web-1', { from: iso(START + 10 * MINUTE) })
    const { id } = await post('web-1')
    expect((await eventOf(id)).silenced_by).toBeNull()
    await pass(10)
    expect((await eventOf(id)).silenced_by).toBe('silence')
  })

  it('that never came and is ended is over without having been', async () => {
    const { id: silence_id } = await silenced('web-1', { from: iso(START + 10 * MINUTE) })
    expect(await temporary.client.endSilence({ params: { silence_id } })).toMatchObject({
      from: iso(START),
      to: iso(START),
    })
  })

  it('is moved, and the events follow', async () => {
    const { id: silence_id } = await silenced('web-1')
    const { id } = await post('web-1')
    const to = iso(START + 120 * MINUTE)
    await temporary.client.updateSilence({ params: { silence_id }, body: { to } })
    expect((await eventOf(id)).silenced_until).toBe(to)
    expect(await linesOf(id), 'a longer silence is the same one').toHaveLength(2)
    await temporary.client.updateSilence({ params: { silence_id }, body: { source: 'db-*' } })
    expect((await eventOf(id)).silenced_by).toBeNull()
    expect(notified).toEqual(['web-1'])
  })

  it('holds when the program stops and starts again, and ends while it was down', async () => {
    await silenced('web-1')
    const { id } = await post('web-1')
    await temporary.restart()
    listen()
    await keepQuiet()
    expect((await eventOf(id)).silenced_by).toBe('silence')
    temporary.clock.advance(61 * MINUTE)
    await temporary.restart()
    listen()
    await keepQuiet()
    expect((await eventOf(id)).silenced_by).toBeNull()
    expect(notified).toEqual(['web-1'])
  })

  it('continues with the next one if one ends, without a notification between them', async () => {
    await silenced('web-1')
    const { id } = await post('web-1')
    const second = await silenced('web-1', { from: iso(START + 50 * MINUTE), to: iso(START + 90 * MINUTE) })
    await pass(60)
    expect(await eventOf(id)).toMatchObject({ silenced_by: 'silence', silence_id: second.id })
    await pass(30)
    expect(notified).toEqual(['web-1'])
  })

  it('was active when the sample was taken, or is when it is evaluated', async () => {
    const { id: silence_id } = await silenced('web-1', { to: iso(START + MINUTE) })
    temporary.clock.advance(2 * MINUTE)
    await temporary.restart()
    listen()
    await temporary.client.postMetric({
      body: { source: 'web-1', metric_type: 'CPU', value: 99, recorded_at: iso(START + 30_000) },
    })
    const [event] = await eventually(async () => {
      const events = await temporary.client.listEvents()
      expect(events).toHaveLength(1)
      return events
    })
    expect(event).toMatchObject({ silenced_by: 'silence', silence_id })
    expect(notified).toEqual([])
    await keepQuiet()
    expect(notified, 'it is still open, and the silence has expired').toEqual(['web-1'])
  })

  it('shows how much it would match before it is created', async () => {
    await post('web-1')
    await temporary.client.postMetric({ body: { source: 'web-2', metric_type: 'CPU', value: 10 } })
    const rule = await temporary.client.createRule({
      body: { name: 'other', method: 'THRESHOLD', threshold: 1e9, source: '*-2' },
    })
    const preview = (body: object) => temporary.client.previewSilence({ body })
    expect(await preview({ source: 'WEB-*' })).toEqual({ live_events: 1, series: 2 })
    expect(await preview({ source: 'web-2' })).toEqual({ live_events: 0, series: 1 })
    expect(await preview({ severity: 'CRITICAL' })).toEqual({ live_events: 0, series: 2 })
    expect(await preview({ rule_id: rule.id })).toEqual({ live_events: 0, series: 1 })
  })
})

describe('a maintenance window', () => {
  // START is a Monday at noon in UTC.
  const window = { name: 'Backups', days: [1], start: '12:30', minutes: 60, time_zone: 'UTC' }

  it('silences by the clock, and notifies afterwards of what is still open', async () => {
    const made = await temporary.client.createMaintenanceWindow({ body: window })
    expect(made).toMatchObject({
      next_from: iso(START + 30 * MINUTE),
      next_to: iso(START + 90 * MINUTE),
      is_active: true,
    })
    const { id } = await post('web-1')
    await pass(30)
    expect(await eventOf(id)).toMatchObject({
      silenced_by: 'window',
      silence_id: made.id,
      silenced_until: made.next_to,
    })
    await pass(60)
    expect((await eventOf(id)).silenced_by).toBeNull()
    expect(notified).toEqual(['web-1', 'web-1'])
    expect((await temporary.client.listMaintenanceWindows())[0]!.next_from).toBe(
      iso(START + (7 * 24 * 60 + 30) * MINUTE),
    )
  })

  it('that is disabled or deleted lets its events notify', async () => {
    const { id: window_id } = await temporary.client.createMaintenanceWindow({ body: { ...window, start: '11:30' } })
    const { id } = await post('web-1')
    expect(notified).toEqual([])
    await temporary.client.updateMaintenanceWindow({ params: { window_id }, body: { is_active: false } })
    expect(notified).toEqual(['web-1'])
    await temporary.client.updateMaintenanceWindow({ params: { window_id }, body: { is_active: true } })
    expect((await eventOf(id)).silenced_by).toBe('window')
    await temporary.client.deleteMaintenanceWindow({ params: { window_id } })
    expect(notified).toEqual(['web-1', 'web-1'])
  })
})

describe('a snooze', () => {
  const snooze = (id: number, query: object) => temporary.client.snoozeEvent({ params: { event_id: id }, query })

  it('notifies again when it is over and the event is still open', async () => {
    const { id } = await post('web-1')
    expect(await snooze(id, { minutes: 30, comment: 'after lunch' })).toMatchObject({
      silenced_by: 'snooze',
      silence_id: null,
      silenced_until: iso(START + 30 * MINUTE),
    })
    await pass(29)
    expect(notified).toEqual(['web-1'])
    await pass(1)
    expect(notified).toEqual(['web-1', 'web-1'])
    expect((await linesOf(id)).slice(1)).toEqual([
      ['silenced', 'ada', 'after lunch'],
      ['unsilenced', 'tocsin', null],
    ])
  })

  it('is ended by a person, and another silence of the event takes over', async () => {
    const { id } = await post('web-1')
    await snooze(id, { until: iso(START + 60 * MINUTE) })
    await temporary.client.unsnoozeEvent({ params: { event_id: id } })
    expect(notified).toEqual(['web-1', 'web-1'])
    await snooze(id, { minutes: 5 })
    await silenced('web-*')
    expect((await eventOf(id)).silenced_by).toBe('snooze')
    expect(await temporary.client.unsnoozeEvent({ params: { event_id: id } })).toMatchObject({ silenced_by: 'silence' })
    expect(notified).toHaveLength(2)
  })

  it('of an acknowledged event ends without a sound', async () => {
    const { id } = await post('web-1')
    await snooze(id, { minutes: 5 })
    await temporary.client.acknowledgeEvent({ params: { event_id: id } })
    await pass(6)
    expect((await eventOf(id)).silenced_by).toBeNull()
    expect(notified).toEqual(['web-1'])
  })

  it('is rejected if there is nothing to snooze', async () => {
    const { id } = await post('web-1')
    const patch = (url: string) => temporary.request({ method: 'PATCH', url: `/api/anomaly/events/${url}` })
    const wrong = (path: string) => ({ status: 422, body: { errors: [{ path }] } })
    expect(await patch(`${id}/snooze`)).toMatchObject(wrong('minutes'))
    expect(await patch(`${id}/snooze?minutes=0`)).toMatchObject(wrong('minutes'))
    expect(await patch(`${id}/snooze?minutes=10081`)).toMatchObject(wrong('minutes'))
    expect(await patch(`${id}/snooze?until=2020-01-01T00:00:00Z`)).toMatchObject(wrong('until'))
    expect(await patch(`${id}/snooze?until=tomorrow`)).toMatchObject(wrong('until'))
    expect(await patch(`${id}/unsnooze`)).toMatchObject({
      status: 400,
      body: { detail: `Event ${id} is not snoozed.` },
    })
    expect((await patch('99/snooze?minutes=5')).status).toBe(404)
    await temporary.client.resolveEvent({ params: { event_id: id } })
    expect(await patch(`${id}/snooze?minutes=5`)).toMatchObject({
      status: 400,
      body: { detail: `Event ${id} is RESOLVED.` },
    })
  })
})

describe('an invalid request is reported by its field', () => {
  const later = iso(START + MINUTE)
  const silence = { to: later, comment: 'x' }
  it.each([
    [{ comment: 'x' }, 'to'],
    [{ to: later }, 'comment'],
    [{ ...silence, comment: '' }, 'comment'],
    [{ ...silence, to: 'soon' }, 'to'],
    [{ ...silence, to: iso(START) }, 'to'],
    [{ ...silence, to: iso(START - 1), from: iso(START - MINUTE) }, 'to'],
    [{ ...silence, from: iso(START + 2 * MINUTE) }, 'to'],
    [{ ...silence, rule_id: 99 }, 'rule_id'],
    [{ ...silence, severity: 'BAD' }, 'severity'],
    [{ ...silence, source: '' }, 'source'],
  ])('a silence of %j: %s', async (body, path) => {
    const answer = await temporary.request({ method: 'POST', url: '/api/anomaly/silences', body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  const window = { name: 'w', days: [1], start: '02:30', minutes: 60 }
  it.each([
    [{ ...window, days: [] }, 'days'],
    [{ ...window, days: [8] }, 'days.0'],
    [{ ...window, days: [1, 1] }, 'days'],
    [{ ...window, start: '24:00' }, 'start'],
    [{ ...window, start: '2:30' }, 'start'],
    [{ ...window, start: '02:30:00' }, 'start'],
    [{ ...window, minutes: 10_081 }, 'minutes'],
    [{ ...window, minutes: 0 }, 'minutes'],
    [{ ...window, time_zone: 'Middle/Earth' }, 'time_zone'],
    [{ ...window, rule_id: 99 }, 'rule_id'],
    [{ ...window, name: '' }, 'name'],
  ])('a window of %j: %s', async (body, path) => {
    const answer = await temporary.request({ method: 'POST', url: '/api/anomaly/maintenance-windows', body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  it('what is over stays over, and what is not there is 404', async () => {
    const { id } = await silenced('web-1')
    await temporary.client.endSilence({ params: { silence_id: id } })
    const patch = (url: string, body?: object) =>
      temporary.request({ method: 'PATCH', url: `/api/anomaly/${url}`, body })
    const over = { status: 400, body: { detail: `Silence ${id} has expired.` } }
    expect(await patch(`silences/${id}/end`)).toMatchObject(over)
    expect(await patch(`silences/${id}`, { comment: 'y' })).toMatchObject(over)
    expect((await patch('silences/99/end')).status).toBe(404)
    expect((await patch('maintenance-windows/99', { minutes: 5 })).status).toBe(404)
    expect((await temporary.request({ method: 'DELETE', url: '/api/anomaly/maintenance-windows/99' })).status).toBe(404)
  })
})

it('silenced events are listed separately and are no open criticals', async () => {
  await temporary.client.createRule({
    body: { name: 'worse', method: 'THRESHOLD', threshold: 95, severity: 'CRITICAL' },
  })
  await post('web-1')
  expect(temporary.app.openCriticals()).toBe(1)
  await silenced('web-1')
  expect(temporary.app.openCriticals()).toBe(0)
  const count = async (query: object) => (await temporary.client.listEvents({ query })).length
  expect([await count({ silenced: true }), await count({ silenced: false }), await count({})]).toEqual([2, 0, 2])
  expect((await temporary.client.getSummary()).open_critical).toBe(0)
})

describe('whatever happens', () => {
  const source = fc.constantFrom('a', 'b')
  const minutes = fc.integer({ min: 1, max: 40 })
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('post' as const), source }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('pass' as const), minutes }) },
    fc.record({ act: fc.constant('silence' as const), source: fc.constantFrom('a', 'b', '*'), minutes }),
    fc.record({ act: fc.constant('snooze' as const), source, minutes }),
    // The clock is set, by a few minutes or by days.
    fc.record({
      act: fc.constant('set' as const),
      minutes: fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -5000, max: 5000 })),
    }),
    fc.record({ act: fc.constantFrom('end', 'unsnooze', 'acknowledge', 'resolve', 'restart'), source }),
  )
  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

  /** What is older than the newest of its series is not evaluated, so that a clock that was set has series of its own. */
  let times = 0

  async function perform(step: Act) {
    const { client } = temporary
    if (step.act === 'set') {
      times++
      return temporary.clock.advance(step.minutes * MINUTE)
    }
    if (step.act === 'post') return post(`${step.source} ${times}`)
    if (step.act === 'pass') return pass(step.minutes)
    if (step.act === 'silence')
      return silenced(globOf(step.source), { to: iso(temporary.clock.now() + step.minutes * MINUTE) })
    if (step.act === 'restart') return temporary.restart()
    if (step.act === 'end') {
      const [newest] = await client.listSilences({ query: { limit: 1 } })
      const isOver = !newest || Date.parse(newest.to) <= temporary.clock.now()
      return isOver || client.endSilence({ params: { silence_id: newest.id } })
    }
    const [event] = await client.listEvents({ query: { source: step.source } })
    const params = { event_id: event?.id ?? 0 }
    if (!event || event.resolved_at) return undefined
    if (step.act === 'snooze') return client.snoozeEvent({ params, query: { minutes: step.minutes } })
    if (step.act === 'unsnooze') return event.silenced_by === 'snooze' && client.unsnoozeEvent({ params })
    if (step.act === 'resolve') return client.resolveEvent({ params })
    return event.status === 'OPEN' && client.acknowledgeEvent({ params })
  }

  const globOf = (source: string) => (source === '*' ? '*' : `${source} *`)

  /** Follows what is notified, and notes what is wrong; gives how many events notified after a silence. */
  function follow(wrong: Change[]) {
    const notify = notifyAtOnce()
    /** By event, whether it was notified since it was raised or became silent; and what was ever notified. */
    const wasNotified = new Map<number, boolean>()
    const sources = new Set<string>()
    const incidents = new Set<number>()
    let notifiedLater = 0
    temporary.app.changes.subscribe((change) => {
      if (!isOfEvent(change)) return
      const { id, incident_id, source, status, silenced_by } = change.event
      const mayNotify = status === 'OPEN' && !silenced_by
      const wasSilenced = wasNotified.get(id) === false && !sources.has(`${incident_id} ${source}`)
      const mustNotify = mayNotify && (!incidents.has(incident_id) || wasSilenced)
      const isNotified = notify(change)
      if (isNotified ? !mayNotify : mustNotify) wrong.push(change)
      if (silenced_by) wasNotified.set(id, false)
      if (!isNotified) return
      if (wasNotified.get(id) === false) notifiedLater++
      wasNotified.set(id, true)
      incidents.add(incident_id)
      sources.add(`${incident_id} ${source}`)
    })
    return () => notifiedLater
  }

  /** Live events are as silent as silences and snoozes say. */
  async function expectRightSilence() {
    const now = temporary.clock.now()
    const active = (await temporary.client.listSilences()).filter(
      ({ from, to }) => Date.parse(from) <= now && now < Date.parse(to),
    )
    for (const { source, resolved_at, silenced_by, silenced_until } of await temporary.client.listEvents()) {
      if (resolved_at) continue
      if (silenced_by === 'snooze') expect(Date.parse(silenced_until!)).toBeGreaterThan(now)
      else
        expect(silenced_by !== null).toBe(
          active.some((silence) => [globOf(source.slice(0, 1)), '*'].includes(silence.source)),
        )
    }
  }

  it('a silenced event never notifies, and notifies when its silence ends', async () => {
    const wrong: Change[] = []
    let notifiedLater = 0
    const run = async (steps: Act[]) => {
      await temporary.remove()
      await begin()
      let stop = follow(wrong)
      for (const step of steps) {
        await perform(step)
        temporary.clock.advance(MINUTE + 1)
        if (step.act !== 'restart') continue
        notifiedLater += stop()
        stop = follow(wrong)
      }
      await pass(1)
      await expectRightSilence()
      expect(wrong).toEqual([])
      notifiedLater += stop()
    }
    const steps = fc.array(act, { minLength: 10, maxLength: 30 })
    await fc.assert(fc.asyncProperty(steps, run), { numRuns: 30, endOnFailure: true })
    expect(notifiedLater).toBeGreaterThan(10)
  })
})
