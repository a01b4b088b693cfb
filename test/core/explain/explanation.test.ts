// Why an event fired, from a real store.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { explain } from '../../../electron/core/explain/explanation.ts'
import type { NewEvent, StoredEvent } from '../../../electron/core/store/types/events.ts'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'
import { appendTo, iso, compactAll, raiseOn, removeBefore, T0, downsampleAll } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => void ({ store } = temporary = temporaryStore()))
afterEach(() => temporary.remove())

const CPU = { metricType: 'CPU', unit: '%' }

/** An hour of values by the minute until T0, going up and down by one. */
const quietHour = (sample: Partial<NewSample>, level = 40) =>
  appendTo(
    store,
    ...Array.from({ length: 60 }, (_, i) => ({ ...sample, value: level + (i % 3) - 1, time: T0 - (60 - i) * MINUTE })),
  )

const fire = (event: Partial<NewEvent> = {}, sample: Partial<NewSample> = {}): StoredEvent =>
  raiseOn(
    store,
    { ...CPU, value: 97.3, time: T0, ...sample },
    { unit: '%', lower: 38, upper: 52, history_count: 300, figure: 9.4, ...event },
  )

const end = (event: StoredEvent, status: 'RESOLVED' | 'FALSE_POSITIVE', who: string, comment: string | null = null) => {
  const at = iso(Date.parse(event.last_seen_at) + MINUTE)
  store.events.addToTimeline(event.id, {
    at,
    kind: status === 'RESOLVED' ? 'resolved' : 'false_positive',
    who,
    comment,
  })
  return store.events.update(event.id, { status, resolved_at: at, resolved_by: who })
}

describe('the headline', () => {
  it.each<[what: string, event: Partial<NewEvent>, headline: string]>([
    ['of a band', {}, 'CPU on web-1 was 97.3 %, above the normal range of 38 to 52 %.'],
    ['below a band', { value: 3.14159, lower: 38 }, 'CPU on web-1 was 3.14 %, below the normal range of 38 to 52 %.'],
    [
      'of a limit',
      { method: 'THRESHOLD', lower: null, upper: 90, history_count: null },
      'CPU on web-1 was 97.3 %, above the limit of 90 %.',
    ],
    [
      'of the lower of two limits',
      { method: 'THRESHOLD', value: 1, lower: 10, upper: 90 },
      'CPU on web-1 was 1 %, below the limit of 10 %.',
    ],
    ['of one side', { lower: null }, 'CPU on web-1 was 97.3 %, above the normal maximum of 52 %.'],
    ['of the other side', { value: 3, upper: null }, 'CPU on web-1 was 3 %, below the normal minimum of 38 %.'],
    [
      'of what has no band',
      { method: 'NO_DATA', lower: null, upper: null, description: 'Nothing has come for 5 min.' },
      'CPU on web-1: Nothing has come for 5 min.',
    ],
    [
      'of a value within its band',
      { method: 'DRIFT', value: 45, description: 'The level has moved from 40 to 45.' },
      'CPU on web-1: The level has moved from 40 to 45.',
    ],
  ])('%s', (_what, event, headline) => {
    const explanation = explain(store, fire({ value: 97.3, peak_value: event.value ?? 97.3, ...event }))
    expect(explanation.headline).toBe(headline)
    expect(explanation.text.startsWith(headline)).toBe(true)
  })
})

describe('what is known of the event itself', () => {
  it('is in the facts and in the text', () => {
    quietHour(CPU)
    const event = fire({
      began_at: iso(T0 - 2 * MINUTE),
      last_seen_at: iso(T0 + 10 * MINUTE),
      occurrences: 47,
      peak_value: 99,
    })
    const { text, facts } = explain(store, event)
    expect(facts).toMatchObject({
      value: 97.3,
      baseline: { lower: 38, upper: 52, level: 45, samples: 300 },
      hour_before: 40,
      figure: 9.4,
      began_at: iso(T0 - 2 * MINUTE),
      lasted_seconds: 720,
      occurrences: 47,
      peak_value: 99,
      earlier: { count: 0 },
    })
    expect(text).toBe(
      'CPU on web-1 was 99 %, above the normal range of 38 to 52 %. ' +
        '95 % where 40 to 60 % were expected. ' +
        'The normal range was learned from 300 samples. The median of the hour before was 40 %. ' +
        'It began at 2026-05-04 09:58:00 UTC and has lasted 12 min (47 anomalies so far, worst value 99 %). ' +
        'No similar event is on record.',
    )
  })

  it('is the same again, after compaction and after a restart', () => {
    quietHour(CPU)
    quietHour({ metricType: 'LOAD' })
    appendTo(store, { metricType: 'LOAD', value: 90, time: T0 })
    const { id } = fire()
    const before = explain(store, store.events.get(id)!)
    expect(before.facts.series_around).toHaveLength(1)
    compactAll(store)
    store = temporary.reopen()
    expect(explain(store, store.events.get(id)!)).toEqual(before)
  })

  it('contains less when the samples are downsampled or deleted, and nothing wrong', () => {
    quietHour(CPU)
    quietHour({ metricType: 'LOAD' })
    appendTo(
      store,
      { metricType: 'LOAD', value: 90, time: T0 },
      { metricType: 'LOAD', value: 40, time: T0 + 50 * HOUR },
    )
    const event = fire()
    compactAll(store)
    downsampleAll(store, { samplesFrom: T0 + 24 * HOUR })
    const byMinute = explain(store, event).facts
    expect(byMinute).toMatchObject({ hour_before: 40, series_around: [{ metric_type: 'LOAD', before: 40, value: 90 }] })
    downsampleAll(store, { samplesFrom: T0 + 24 * HOUR, minutesFrom: T0 + 24 * HOUR })
    expect(explain(store, event).facts).toMatchObject({ hour_before: null, series_around: [] })
    removeBefore(store, T0 + 24 * HOUR)
    const gone = explain(store, event)
    expect(gone.facts).toMatchObject({ value: 97.3, hour_before: null, series_around: [] })
    expect(gone.text).toContain('The normal range was learned from 300 samples. It began')
  })

  it('of a drill is marked as one, and reads no real series', () => {
    quietHour({ metricType: 'LOAD' })
    appendTo(store, { metricType: 'LOAD', value: 90, time: T0 })
    const { text, facts } = explain(store, fire({}, { drill: true }))
    expect(text).toContain('Drill: CPU on web-1 was 97.3 %')
    expect(facts.series_around).toEqual([])
  })

  it('mentions flapping and a silence', () => {
    const event = fire({ flapping: true, silenced_by: 'silence' })
    expect(explain(store, event).text).toContain('It is flapping. It was silenced.')
  })
})

describe('earlier events like it', () => {
  it('are those of its rule and series: how long, how they ended, which comments', () => {
    const hours = [4, 3, 2]
    const [first, second, third] = hours.map((ago) =>
      fire({ last_seen_at: iso(T0 - ago * HOUR + 14 * MINUTE) }, { time: T0 - ago * HOUR }),
    )
    end(first!, 'FALSE_POSITIVE', 'ada', 'load test')
    end(second!, 'RESOLVED', 'tocsin', 'Back to normal for 5 min.')
    end(third!, 'RESOLVED', 'ada', 'restarted the backup')
    fire({ rule_name: 'Another rule' }, { time: T0 - HOUR })
    fire({}, { source: 'web-2', time: T0 - HOUR })
    const { text, facts } = explain(store, fire())
    expect(facts.earlier).toMatchObject({
      count: 3,
      false_alarms: 1,
      last: [
        { id: third!.id, status: 'RESOLVED', lasted_seconds: 840, ended_by: 'ada', comment: 'restarted the backup' },
        { id: second!.id, status: 'RESOLVED', ended_by: 'tocsin', comment: null },
        { id: first!.id, status: 'FALSE_POSITIVE', comment: 'load test' },
      ],
    })
    expect(text).toContain(
      'It fired 3 times before, last at 2026-05-04 08:00:00 UTC for 14 min (resolved by ada: “restarted the backup”). ' +
        '1 of them was a false alarm.',
    )
  })

  it.each([
    ['RESOLVED', 'tocsin', 'Back to normal.', '(recovered on its own)'],
    ['FALSE_POSITIVE', 'ada', 'load test', '(marked as a false alarm by ada: “load test”)'],
    ['RESOLVED', 'ada', null, '(resolved by ada)'],
  ] as const)('%s by %s: how the last one ended is stated', (status, who, comment, words) => {
    end(fire({}, { time: T0 - HOUR }), status, who, comment)
    expect(explain(store, fire()).text).toContain(`It fired once before, last at 2026-05-04 09:00:00 UTC ${words}.`)
  })

  it('are those of other rules if its own never fired, once they have ended', () => {
    const over = end(fire({ rule_name: 'Another rule' }, { time: T0 - HOUR }), 'RESOLVED', 'ada')
    fire({ rule_name: 'A third rule' }, { time: T0 - MINUTE })
    expect(explain(store, fire()).facts.earlier).toMatchObject({ count: 1, last: [{ id: over.id }] })
  })

  it('never come after it', () => {
    const event = fire()
    fire({}, { time: T0 + MINUTE })
    expect(explain(store, event).facts.earlier.count).toBe(0)
    expect(explain(store, event).text).toContain('No similar event is on record.')
  })

  it('are counted up to fifty', () => {
    for (let ago = 60; ago > 0; ago--) end(fire({}, { time: T0 - ago * HOUR }), 'FALSE_POSITIVE', 'ada')
    const { facts, text } = explain(store, fire())
    expect(facts.earlier).toMatchObject({ count: 50, false_alarms: 50 })
    expect(facts.earlier.last).toHaveLength(5)
    expect(text).toContain('It fired at least 50 times before')
  })
})

describe('other events around it', () => {
  it('are those that lived then: of its source first, the worst, then the nearest', () => {
    const at = (minutes: number, source: string, event: Partial<NewEvent> = {}) =>
      fire(event, { source, time: T0 + minutes * MINUTE, metricType: 'DISK' }).id
    const far = at(-9, 'db-1', { severity: 'CRITICAL' })
    const nearInfo = at(1, 'db-1', { severity: 'INFO' })
    const nearer = at(-2, 'db-1', { severity: 'CRITICAL' })
    const own = at(5, 'web-1', { severity: 'INFO' })
    const longAgo = at(-300, 'db-2', { severity: 'WARNING' })
    const endedBefore = fire({}, { source: 'db-3', time: T0 - 30 * MINUTE })
    end(endedBefore, 'RESOLVED', 'ada')
    at(11, 'db-1')
    at(-25 * 60, 'db-1')
    fire({}, { source: 'web-1', drill: true })
    fire({}, { time: T0 - MINUTE })
    const { facts, text } = explain(store, fire())
    expect(facts.events_around.map(({ id }) => id)).toEqual([own, nearer, far, longAgo, nearInfo])
    expect(facts.events_around[1]).toMatchObject({ source: 'db-1', seconds_after: -120, status: 'OPEN' })
    expect(text).toContain('(INFO, CPU high, 5 min later); ')
    expect(text).toContain('(CRITICAL, CPU high, 2 min earlier); ')
    expect(text).toContain('; and 2 more.')
  })

  it('are found among the many of an outage', () => {
    const own = fire({}, { source: 'web-1', metricType: 'DISK', time: T0 - 9 * MINUTE }).id
    for (let i = 0; i < 300; i++) fire({ severity: 'CRITICAL' }, { source: `db-${i}`, time: T0 - (i % 60) * 1000 })
    const { facts, text } = explain(store, fire())
    expect(facts.events_around[0]!.id).toBe(own)
    expect(text).toContain('; and others.')
  })
})

describe('other series around it', () => {
  it('are those of the source that went furthest from their hour before', () => {
    quietHour({ metricType: 'LOAD' }, 10)
    quietHour({ metricType: 'IO', unit: 'B/s' }, 2_000_000)
    quietHour({ metricType: 'MEMORY' }, 60)
    quietHour({ metricType: 'LOAD', source: 'web-2' }, 10)
    appendTo(
      store,
      { metricType: 'LOAD', value: 30, time: T0 },
      { metricType: 'IO', unit: 'B/s', value: 88_000_000, time: T0 + MINUTE },
      { metricType: 'MEMORY', value: 62, time: T0 },
      { metricType: 'LOAD', source: 'web-2', value: 900, time: T0 },
      { metricType: 'NEW', value: 900, time: T0 },
    )
    const { facts, text } = explain(store, fire())
    expect(facts.series_around.map(({ metric_type, before, value }) => [metric_type, before, value])).toEqual([
      ['IO', 2_000_000, 88_000_000],
      ['LOAD', 10, 30],
    ])
    expect(facts.series_around[1]!.deviations).toBeCloseTo(20 / 1.4826, 3)
    expect(facts.series_around[1]!.means).toHaveLength(61)
    expect(text).toContain('Other unusual series on web-1: IO rose from 2 to 88 MB/s; LOAD rose from 10 to 30.')
  })

  it('are looked at in bounded number', () => {
    for (let i = 0; i < 60; i++) appendTo(store, { metricType: `M${i}`, value: 1, time: T0 })
    quietHour({ metricType: 'LAST' })
    appendTo(store, { metricType: 'LAST', value: 900, time: T0 })
    expect(explain(store, fire()).facts.series_around).toEqual([])
  })

  it('are described by their rate if they are counters, whatever else they do', () => {
    const counter = { metricType: 'requests_total', unit: 'B' }
    const steady = { metricType: 'steady_total' }
    for (let i = 0; i <= 62; i++) {
      const time = T0 - (60 - i) * MINUTE
      appendTo(store, { ...counter, value: i * 6000 + Math.max(0, i - 60) * 594_000, time })
      // It begins anew in between.
      appendTo(store, { ...steady, value: (i % 40) * 6000, time })
    }
    const { facts } = explain(store, fire())
    expect(facts.series_around).toMatchObject([
      { metric_type: 'requests_total', unit: 'B/s', before: 100, value: 10_000 },
    ])
    const own = explain(store, fire({ unit: 'B/s' }, { ...counter, value: 1e9, time: T0 + 3 * MINUTE }))
    expect(own.facts.hour_before).toBe(100)
  })

  it('are left out if their values exceed the range of a double', () => {
    quietHour({ metricType: 'HUGE' }, 1.6e308)
    appendTo(store, { metricType: 'HUGE', value: -1.6e308, time: T0 })
    const { series_around } = explain(store, fire()).facts
    expect(series_around.every(({ deviations }) => Number.isFinite(deviations))).toBe(true)
  })

  it('are left out if they hardly moved from a flat line', () => {
    appendTo(
      store,
      ...Array.from({ length: 60 }, (_, i) => ({ metricType: 'DISK', value: 45, time: T0 - (60 - i) * MINUTE })),
    )
    appendTo(store, { metricType: 'DISK', value: 45.1, time: T0 })
    expect(explain(store, fire()).facts.series_around).toEqual([])
  })
})
