import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../../../shared/domain/time.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { isLive } from '../../../../shared/domain/event-status.ts'
import { SEVERITIES, STATUSES, type Severity, type Status } from '../../../../shared/schemas/event.ts'
import { appendTo, iso, newEvent, raiseOn, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

test('counts events by status, severity and metric type, live ones of any age, and all samples, drills too', () => {
  raiseOn(store, { metricType: 'CPU' }, { status: 'OPEN', severity: 'CRITICAL' })
  raiseOn(store, { metricType: 'CPU', drill: true }, { status: 'OPEN', severity: 'CRITICAL' })
  raiseOn(store, { metricType: 'cpu' }, { status: 'OPEN', severity: 'INFO' })
  raiseOn(store, { metricType: '__proto__' }, { status: 'RESOLVED', severity: 'CRITICAL' })
  raiseOn(store, { time: T0 - 1 }, { status: 'OPEN', severity: 'CRITICAL' })
  raiseOn(store, { time: T0 - 1 }, { status: 'FALSE_POSITIVE', severity: 'CRITICAL' })
  raiseOn(store, { time: T0 - 1, drill: true }, { status: 'ACKNOWLEDGED', severity: 'INFO' })
  raiseOn(store, { time: T0 - 1, drill: true }, { status: 'RESOLVED', severity: 'CRITICAL' })
  appendTo(store, { time: T0 - 1 }, {}, { drill: true })
  expect(store.summary(T0, 'UTC')).toEqual({
    total_events: 6,
    by_status: { ACKNOWLEDGED: 1, OPEN: 4, RESOLVED: 1 },
    by_severity: { CRITICAL: 4, INFO: 2 },
    by_metric_type: Object.fromEntries([
      ['CPU', 4],
      ['__proto__', 1],
      ['cpu', 1],
    ]),
    daily_trend: { '2026-05-04': 4 },
    metric_snapshots: 6,
    open_critical: 3,
    drills: { total_events: 2, live: 2, open_critical: 1 },
  })
})

test('open_critical counts what is both, not each somewhere', () => {
  raiseOn(store, {}, { status: 'RESOLVED', severity: 'CRITICAL' })
  raiseOn(store, {}, { status: 'OPEN', severity: 'INFO' })
  raiseOn(store, {}, { status: 'ACKNOWLEDGED', severity: 'CRITICAL' })
  expect(store.summary(0, 'UTC').open_critical).toBe(0)
})

test('nothing counts as nothing', () => {
  expect(store.summary(0, 'UTC')).toEqual({
    total_events: 0,
    by_status: {},
    by_severity: {},
    by_metric_type: {},
    daily_trend: {},
    metric_snapshots: 0,
    open_critical: 0,
    drills: { total_events: 0, live: 0, open_critical: 0 },
  })
})

test('a sample counts from the beginning of its minute', () => {
  const noon = Date.parse('2026-05-04T12:00:30Z')
  const days = [-1, 0, 1].map((days) => noon + days * DAY)
  appendTo(store, ...days.map((time) => ({ time })))
  const counted = (since: number) => store.summary(since, 'UTC').metric_snapshots
  expect(days.map((day) => counted(day - 30_000))).toEqual([3, 2, 1])
  expect(days.map((day) => counted(day + 29_999))).toEqual([3, 2, 1])
  expect(days.map((day) => counted(day + 30_000))).toEqual([2, 1, 0])
  expect(counted(Date.parse('2026-05-04T00:00:00Z'))).toBe(2)
  expect(counted(Date.parse('2026-05-04T00:00:59Z'))).toBe(2)
})

test('an event counts to the millisecond, however far back the beginning lies', () => {
  const [sample] = appendTo(store, {})
  const edge = fc.record({ quarters: fc.nat(320), beside: fc.integer({ min: 0, max: 2 }) })
  const offset = fc.oneof(
    fc.nat(80 * 3_600_000),
    edge.map(({ quarters, beside }) => quarters * 900_000 + beside),
    edge.map(({ quarters, beside }) => (quarters % 4) * DAY + beside),
  )
  let at = 0
  const live: { status: Status; severity: Severity }[] = []
  fc.assert(
    fc.property(fc.array(offset, { minLength: 1, maxLength: 40 }), offset, fc.nat(39), (times, length, which) => {
      // Each run lies behind the ones before: the store keeps what they left.
      at += 100 * DAY
      const detected = times.map((time) => at + time)
      const events = detected.map((time, index) => ({
        detected_at: iso(time),
        status: STATUSES[index % 4]!,
        severity: SEVERITIES[time % 3]!,
      }))
      store.transaction(() => events.forEach((event) => store.events.insert(newEvent(sample!, event))))
      for (const since of [at + length, detected[which % detected.length]!, detected[which % detected.length]! + 1]) {
        const recent = events.filter(({ detected_at }) => Date.parse(detected_at) >= since)
        const expected = [...recent, ...live, ...events.filter((event) => isLive(event) && !recent.includes(event))]
        const summary = store.summary(since, 'Asia/Kathmandu')
        const count = (key: 'status' | 'severity') =>
          Object.fromEntries(
            [...Map.groupBy(expected, (event) => event[key])].map(([word, those]) => [word, those.length]),
          )
        expect(summary.total_events).toBe(expected.length)
        expect(summary.by_metric_type).toEqual(expected.length === 0 ? {} : { CPU: expected.length })
        expect(summary.by_status).toEqual(count('status'))
        expect(summary.by_severity).toEqual(count('severity'))
        expect(Object.values(summary.daily_trend).reduce((sum, events) => sum + events, 0)).toBe(recent.length)
        expect(summary.open_critical).toBe(
          expected.filter(({ status, severity }) => status === 'OPEN' && severity === 'CRITICAL').length,
        )
      }
      live.push(...events.filter(isLive))
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['UTC', ['2026-03-28T23:59:59.999Z', '2026-03-29T00:00:00.000Z'], { '2026-03-28': 1, '2026-03-29': 1 }],
  [
    'Europe/Berlin', // a day of 23 hours
    ['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00.000Z'],
    { '2026-03-28': 1, '2026-03-29': 2, '2026-03-30': 1 },
  ],
  [
    'Europe/Berlin', // a day of 25 hours
    ['2026-10-24T21:59:59.999Z', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00.000Z'],
    { '2026-10-24': 1, '2026-10-25': 2, '2026-10-26': 1 },
  ],
  [
    'Africa/Cairo', // a day that begins at one o'clock
    ['2026-04-23T21:59:59.999Z', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999Z', '2026-04-24T21:00:00.000Z'],
    { '2026-04-23': 1, '2026-04-24': 2, '2026-04-25': 1 },
  ],
  ['Asia/Kathmandu', ['2026-03-28T18:14:59.999Z', '2026-03-28T18:15:00.000Z'], { '2026-03-28': 1, '2026-03-29': 1 }],
])('daily_trend counts the days of %s', (zone, instants, days) => {
  for (const instant of instants) raiseOn(store, {}, { detected_at: instant })
  expect(store.summary(0, zone).daily_trend).toEqual(days)
})

test('every event is in the local day that it was detected in, in every zone', () => {
  const [sample] = appendTo(store, {})
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham', 'America/Havana']
  const year = { min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') }
  let last = 0
  fc.assert(
    fc.property(fc.array(fc.integer(year), { minLength: 1 }), fc.constantFrom(...zones), (times, zone) => {
      // Each run lies in years of its own: the store keeps what the runs before left.
      const expected: Record<string, number> = {}
      const since = last + 1
      const shift = since <= year.min ? 0 : Math.ceil((since - year.min) / YEARS_28) * YEARS_28
      store.transaction(() => {
        for (const time of times.map((each) => each + shift)) {
          store.events.insert(newEvent(sample!, { detected_at: new Date(time).toISOString() }))
          const day = new Date(time).toLocaleDateString('sv', { timeZone: zone })
          expected[day] = (expected[day] ?? 0) + 1
          last = Math.max(last, time)
        }
      })
      expect(store.summary(since, zone).daily_trend).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

/** After 28 years the days of the week fall on the same dates again. */
const YEARS_28 = 28 * 365.25 * DAY
