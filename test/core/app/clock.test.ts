// A clock that is set: a notice appears, nothing is lost, and evaluation resumes once the clock is stable.
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { createClockSkew } from '../../../electron/core/maintenance/clock-skew.ts'
import { createRetentionClock } from '../../../electron/core/maintenance/retention-clock.ts'
import { START, eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'
import { appendTo } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const machine = vi.hoisted(() => ({ uptime: 100_000 }))
vi.mock('node:os', async (original) => ({ ...(await original<object>()), uptime: () => machine.uptime }))

describe('a notice appears for', () => {
  let now: number
  let booted: number
  let notices: string[]
  let temporary: TemporaryStore
  beforeEach(() => {
    temporary = temporaryStore()
    now = START
    booted = START - DAY
    notices = []
  })
  afterEach(() => temporary.remove())
  const watch = () =>
    createClockSkew({
      clock: { now: () => now },
      sinceBoot: () => (now - booted) / 1000,
      store: temporary.store,
      watchCache: { forgetSeries() {} },
      notices: { publish: (_, text) => void notices.push(text.replaceAll('\u00a0', ' ')) },
    })
  /** The clock alone moves; time itself does not. */
  const set = (by: number) => {
    now += by
    booted += by
  }

  test('when it is set back, with what that means', () => {
    const { tick } = watch()
    set(-2 * HOUR)
    tick()
    tick()
    expect(notices).toEqual([
      expect.stringMatching(/^This machine's clock was set back by 2 h\. .* not evaluated\..* within 15 minutes\.$/),
    ])
  })

  test('when it is set forward', () => {
    const { tick } = watch()
    set(3 * HOUR)
    tick()
    expect(notices).toEqual(["This machine's clock was set forward by 3 h."])
  })

  test('but not of a sleep, nor of a correction by seconds', () => {
    const { tick } = watch()
    now += 8 * HOUR
    tick()
    set(-30_000)
    tick()
    expect(notices).toEqual([])
  })

  test('at the start, if the clock is behind the stored samples', () => {
    appendTo(temporary.store, { time: START }, { metricType: 'RAM', time: START + 20 * HOUR })
    watch()
    expect(notices).toEqual([])
    appendTo(temporary.store, { time: START + 400 * DAY })
    watch()
    expect(notices).toEqual([expect.stringMatching(/^This machine's clock is 400 d behind the newest sample/)])
  })

  test('and the keys of posts last for an hour from then on', () => {
    const { idempotency, transaction } = temporary.store
    transaction(() => idempotency.remember({ path: '/', key: 'k', digest: '', answer: 1, at: now }))
    const { tick } = watch()
    for (const by of [3 * HOUR, -30 * DAY]) {
      set(by)
      tick()
      expect(idempotency.find('/', 'k')?.at).toBe(now)
    }
  })
})

describe('history grows old with patience', () => {
  const kept = new Map<string, string>()
  const settings = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string) => void kept.set(key, value),
  }
  beforeEach(() => kept.clear())
  const ask = (now: number) => createRetentionClock(settings, now, HOUR)

  test('a clock that is set a year ahead takes an hour of it at each look', () => {
    expect(ask(START)).toBe(START)
    expect(ask(START + 365 * DAY)).toBe(START + HOUR)
    expect(ask(START + 365 * DAY)).toBe(START + 2 * HOUR)
    expect(ask(START + MINUTE)).toBe(START + MINUTE)
  })

  test('after a time without Tocsin it catches up', () => {
    ask(START)
    const later = START + 40 * DAY
    let looks = 0
    while (ask(later) < later) looks++
    expect(looks).toBe(40 * 24 - 1)
  })
})

describe('the program', () => {
  let temporary: TemporaryApp
  beforeEach(async () => {
    // What is done every few seconds is done when a test says so.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    temporary = await temporaryApp()
    const body = { name: 'high', method: 'THRESHOLD', threshold: 10, resolve_seconds: 0, resolve_samples: 1 } as const
    await temporary.client.createRule({ body })
  })
  afterEach(async () => {
    await temporary.remove()
    vi.useRealTimers()
  })

  /** Posts a second later, at the machine's time or at one that the source gives, and waits until it is evaluated. */
  async function post(value: number, recordedAt?: number) {
    machine.uptime++
    temporary.clock.advance(1000)
    const recorded_at = recordedAt === undefined ? undefined : new Date(recordedAt).toISOString()
    await temporary.client.postMetric({
      body: { source: 'web', metric_type: 'N', value, ...(recorded_at && { recorded_at }) },
    })
    await evaluated()
  }
  const evaluated = () =>
    eventually(async () => expect((await temporary.client.getHealth()).samples_waiting, 'waiting').toBe(0))

  const count = async () => (await temporary.client.listSeries())[0]?.count
  const events = async () =>
    (await temporary.client.listEvents({ query: { hours: 720 } }))
      .toSorted((one, other) => one.id - other.id)
      .map(({ peak_value, status }) => [peak_value, status])
  const valuesAt = async (time: number) => {
    const query = { until: new Date(time + HOUR).toISOString(), hours: 24, limit: 1000 }
    return (await temporary.client.getMetrics({ params: { source: 'web' }, query })).map(({ value }) => value)
  }
  const notices = async () => (await temporary.client.getHealth()).notices.map(({ text }) => text)

  /** Time itself goes on; the clock, too. */
  async function pass(milliseconds: number) {
    machine.uptime += milliseconds / 1000
    temporary.clock.advance(milliseconds)
    await lookAround()
  }
  /** The clock alone moves. */
  async function set(milliseconds: number) {
    temporary.clock.advance(milliseconds)
    await lookAround()
  }
  async function lookAround() {
    vi.advanceTimersByTime(5000)
    for (let turn = 0; turn < 10; turn++) await nextTurn()
  }
  /** What is evaluated goes to blocks every ten minutes. */
  async function compact() {
    vi.advanceTimersByTime(10 * MINUTE)
    const client = new Sqlite(join(temporary.dataDir, 'tocsin.db'), { readonly: true })
    const inLog = client.prepare('SELECT count(*) FROM log').pluck()
    await eventually(async () => expect(inLog.get(), 'in the log').toBe(0))
    client.close()
  }

  test.each([
    ['two hours', 2 * HOUR],
    ['four years', 4 * 365 * DAY],
  ])('goes on evaluating when its clock was %s ahead and is corrected', async (_, ahead) => {
    await post(1)
    await set(ahead)
    await post(2)
    await post(100)
    await post(3)
    await pass(MINUTE)
    await post(4)
    await set(-ahead)
    await post(100)
    expect(await events()).toEqual([[100, 'RESOLVED']])
    expect(await notices()).toEqual([expect.stringContaining('set back by'), expect.stringContaining('set forward')])

    await compact()
    await pass(4 * MINUTE)
    await post(200)
    expect(await events()).toHaveLength(1)
    await pass(2 * MINUTE)
    expect((await notices())[0]).toContain('are kept')
    await post(5)
    await post(300)
    await post(6)
    expect(await events()).toEqual([
      [100, 'RESOLVED'],
      [300, 'RESOLVED'],
    ])

    await temporary.restart()
    await post(400)
    await post(500)
    expect(await events()).toEqual([
      [100, 'RESOLVED'],
      [300, 'RESOLVED'],
      [500, 'OPEN'],
    ])
    expect(await count()).toBe(12)
    expect((await valuesAt(temporary.clock.now())).filter((value) => value > 4)).toEqual([
      500, 400, 6, 300, 5, 200, 100,
    ])
    expect(await valuesAt(temporary.clock.now() + ahead)).toEqual(expect.arrayContaining([4, 3, 100, 2]))
  })

  test('marks nothing as late while the right time is unknown: a clock that is wrong for a moment', async () => {
    await post(1)
    await compact()
    await set(-10 * 365 * DAY)
    await pass(4 * MINUTE)
    await set(10 * 365 * DAY)
    await pass(10 * MINUTE)
    await post(100)
    await post(1)
    expect(await events()).toEqual([[100, 'RESOLVED']])
    await temporary.restart()
    expect(await notices()).not.toContainEqual(expect.stringContaining('are kept'))
  })

  test('leaves a source alone whose own clock is ahead', async () => {
    const ahead = () => temporary.clock.now() + HOUR
    await post(1, ahead())
    await pass(MINUTE)
    await set(-30 * MINUTE)
    await set(30 * MINUTE)
    await pass(4 * MINUTE)
    await post(1, ahead())
    await compact()
    await pass(2 * MINUTE)
    await post(100, ahead())
    expect(await events()).toEqual([[100, 'OPEN']])
    expect(await notices()).not.toContainEqual(expect.stringContaining('are kept'))
  })

  /** Posts every 20 s for so long, at the time that the source gives. */
  async function postFor(milliseconds: number, value: number, at: () => number = temporary.clock.now) {
    for (const end = temporary.clock.now() + milliseconds; temporary.clock.now() < end;) {
      await pass(19_000)
      await post(value, at() + 1000)
    }
  }

  test('goes on evaluating after one sample from hours ahead, and says so once', async () => {
    await pass(6 * MINUTE)
    await postFor(2 * MINUTE, 1)
    await post(2, temporary.clock.now() + 5 * HOUR)
    await postFor(MINUTE / 2, 1)
    await post(100)
    expect(await events()).toEqual([])
    await postFor(3 * MINUTE, 1)
    await post(200)
    expect(await events()).toEqual([[200, 'OPEN']])
    await post(3)
    await post(4, temporary.clock.now() + 5 * HOUR)
    await postFor(4 * MINUTE, 1)
    await post(300)
    expect((await events()).at(-1)).toEqual([300, 'OPEN'])
    const said = (await notices()).filter((text) => text.includes('ahead of those that followed'))
    expect(said).toEqual([expect.stringMatching(/^A sample of N on web was (5.h|4.h 5\d.min) ahead/)])
    expect(await count()).toBe((await valuesAt(temporary.clock.now() + 5 * HOUR)).length)
  })

  test('goes on evaluating when the clock of a source is set back by an hour, as for local time in autumn', async () => {
    await pass(6 * MINUTE)
    await postFor(3 * MINUTE, 1, () => temporary.clock.now() + 2 * HOUR)
    await postFor(4 * MINUTE, 1, () => temporary.clock.now() + HOUR)
    await post(100, temporary.clock.now() + HOUR)
    expect(await events()).toEqual([[100, 'OPEN']])
  })

  test('takes a backlog for one: it is stored, not evaluated, and marks nothing as late', async () => {
    await pass(6 * MINUTE)
    await postFor(2 * MINUTE, 1)
    const from = temporary.clock.now() - 10 * HOUR
    for (let hour = 0; hour < 9; hour++) {
      await pass(19_000)
      await post(100, from + hour * HOUR)
    }
    expect(await events()).toEqual([])
    await post(200)
    expect(await events()).toEqual([[200, 'OPEN']])
    expect((await notices()).filter((text) => text.includes('ahead of'))).toEqual([])
  })

  test('evaluates a batch in the order of time, however it was sent', async () => {
    const at = (minutes: number) => new Date(temporary.clock.now() - minutes * MINUTE).toISOString()
    const body = [0, 1, 2, 3].map((minutes) => ({
      source: 'web',
      metric_type: 'N',
      value: minutes === 1 ? 100 : 1,
      recorded_at: at(minutes),
    }))
    await temporary.client.postMetricsBatch({ body })
    await evaluated()
    expect(await events()).toEqual([[100, 'RESOLVED']])
  })

  test('finds at its start that a clock was set right meanwhile', async () => {
    await set(400 * DAY)
    await post(1)
    await post(100)
    await compact()
    temporary.clock.advance(-400 * DAY + MINUTE)
    await temporary.restart()
    expect((await notices())[0]).toContain('behind the newest sample')
    await post(100)
    expect(await events()).toEqual([[100, 'OPEN']])
    await pass(6 * MINUTE)
    await post(1)
    expect(await events()).toEqual([[100, 'RESOLVED']])
    expect(await count()).toBe(4)
  })

  test('raises no missing data and counts nothing twice when its clock is set back by hours', async () => {
    await temporary.client.createRule({ body: { name: 'silent', method: 'NO_DATA' } })
    await pass(10 * HOUR)
    for (let i = 0; i < 80; i++) {
      await post(1)
      await pass(5000)
    }
    await set(-5 * HOUR)
    for (let i = 0; i < 20; i++) {
      await post(1)
      await pass(5000)
    }
    expect(await events()).toEqual([])
    expect(await count()).toBe(100)
    // What does go silent is missed all the same.
    for (let i = 0; i < 20; i++) await pass(5000)
    expect(await events()).toEqual([[1, 'OPEN']])
  })

  test('keeps by its silences when its clock is set back', async () => {
    const to = new Date(temporary.clock.now() + 2 * HOUR).toISOString()
    await temporary.client.createSilence({ body: { source: 'web', to, comment: 'Deploy' } })
    await post(100)
    const silencedBy = async () => (await temporary.client.listEvents({ query: { hours: 720 } }))[0]!.silenced_by
    expect(await silencedBy()).toBe('silence')
    await set(-3 * HOUR)
    expect(await silencedBy(), 'before it began').toBeNull()
    await set(3 * HOUR)
    expect(await silencedBy()).toBe('silence')
    await set(3 * HOUR)
    expect(await silencedBy(), 'when it is over').toBeNull()
    await set(-2 * HOUR)
    expect(await silencedBy(), 'in its last hour').toBe('silence')
  })

  test('knows the silence that holds when its clock had been days ahead at its start', async () => {
    const to = new Date(temporary.clock.now() + 2 * HOUR).toISOString()
    await temporary.client.createSilence({ body: { source: 'web', to, comment: 'Deploy' } })
    temporary.clock.advance(30 * DAY)
    await temporary.restart()
    await set(-30 * DAY)
    await post(100)
    expect(await temporary.client.listEvents({})).toMatchObject([{ silenced_by: 'silence', silenced_until: to }])
  })

  describe('ends a snooze', () => {
    const silenced = async () => {
      const { silenced_by, silenced_until } = (await temporary.client.listEvents({ query: { hours: 720 } }))[0]!
      return silenced_by && Date.parse(silenced_until!)
    }
    async function snooze(minutes: number) {
      await post(100)
      const [event] = await temporary.client.listEvents({ query: { hours: 720 } })
      await temporary.client.snoozeEvent({ params: { event_id: event!.id }, query: { minutes } })
      return temporary.clock.now() + minutes * MINUTE
    }

    test('when the clock reaches its time, if it is set back by hours', async () => {
      const until = await snooze(30)
      await set(-3 * HOUR)
      await pass(3 * HOUR)
      expect(await silenced()).toBe(until)
      await pass(29 * MINUTE)
      expect(await silenced()).toBe(until)
      await pass(MINUTE)
      expect(await silenced()).toBeNull()
    })

    test('when the clock is set beyond its time', async () => {
      await snooze(30)
      await set(3 * HOUR)
      expect(await silenced()).toBeNull()
    })

    test('when the clock is set right that had been years ahead', async () => {
      await set(4 * 365 * DAY)
      await snooze(30)
      await set(-4 * 365 * DAY)
      expect(await silenced()).toBeNull()
    })
  })

  test('deletes nothing because its clock was years ahead for hours, and stores what arrives meanwhile', async () => {
    await post(1)
    await compact()
    await set(4 * 365 * DAY)
    for (let i = 0; i < 24; i++) {
      await pass(10 * MINUTE)
      await compact()
    }
    await post(2)
    await set(-4 * 365 * DAY)
    await compact()
    expect(await valuesAt(START)).toEqual([1])
    expect(await count()).toBe(2)
  })
})
