// A clock that is set: it is told, nothing is lost, and what was not judged meanwhile is when the clock has caught up.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClockWatch } from '../../electron/core/clock-watch.ts'
import { patientTime } from '../../electron/core/patient-time.ts'
import { START, eventually, temporaryApp, type TemporaryApp } from './app/temporary-app.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('is told of', () => {
  let now: number
  let booted: number
  let told: string[]
  beforeEach(() => {
    now = START
    booted = START - DAY
    told = []
  })
  const watch = (newest: number[] = []) =>
    createClockWatch({
      clock: { now: () => now },
      sinceBoot: () => (now - booted) / 1000,
      store: { series: { all: () => newest.map((lastTime) => ({ lastTime })) } as never },
      notices: { tell: (_, text) => void told.push(text.replaceAll('\u00a0', ' ')) },
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
    expect(told).toEqual([
      expect.stringMatching(/^This machine's clock was set back by 2 h\. .* stored but not judged/),
    ])
  })

  test('when it is set forward', () => {
    const { tick } = watch()
    set(3 * HOUR)
    tick()
    expect(told).toEqual(["This machine's clock was set forward by 3 h."])
  })

  test('but not of a sleep, nor of a correction by seconds', () => {
    const { tick } = watch()
    now += 8 * HOUR
    tick()
    set(-30_000)
    tick()
    expect(told).toEqual([])
  })

  test('at the start, where the clock is behind what is stored', () => {
    watch([START, START + 20 * HOUR])
    expect(told).toEqual([])
    watch([START, START + 400 * DAY])
    expect(told).toEqual([expect.stringMatching(/^This machine's clock is 400 d behind the newest sample/)])
  })
})

describe('history grows old with patience', () => {
  const kept = new Map<string, string>()
  const settings = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string) => void kept.set(key, value),
  }
  beforeEach(() => kept.clear())
  const ask = (now: number) => patientTime(settings, now, HOUR)

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
  let house: TemporaryApp
  beforeEach(async () => void (house = await temporaryApp()))
  afterEach(() => house.remove())
  const post = (value: number) => house.client.postMetric({ body: { source: 'web', metric_type: 'N', value } })
  const count = async () => (await house.client.listSeries())[0]?.count
  const events = async () => (await house.client.listEvents({ query: { hours: 720 } })).length

  test('stores what comes while its clock is set back, and judges again when it has caught up', async () => {
    await house.client.createRule({
      body: { name: 'high', method: 'THRESHOLD', threshold: 10, resolve_seconds: 0, resolve_samples: 1 },
    })
    await post(1)
    house.clock.advance(-2 * HOUR)
    await post(100)
    await post(100)
    await house.restart()
    expect(await count()).toBe(3)
    expect(await events()).toBe(0)
    house.clock.advance(3 * HOUR)
    await post(100)
    await eventually(async () => expect(await events()).toBe(1))
    expect(await count()).toBe(4)
  })

  test('judges on when its clock is set forward, and takes nothing from beyond a day ahead once it is right again', async () => {
    await house.client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 10 } })
    await post(1)
    house.clock.advance(400 * DAY)
    await post(100)
    await eventually(async () => expect(await events()).toBe(1))
    house.clock.advance(-400 * DAY + MINUTE)
    await post(100)
    expect(await count()).toBe(3)
    await house.restart()
    const { notices } = await house.client.getHealth()
    expect(notices).toMatchObject([{ kind: 'clock', text: expect.stringContaining('behind the newest sample') }])
  })
})
