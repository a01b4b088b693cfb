import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventFilter } from '../../../../electron/core/store/types/events.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { STATUSES } from '../../../../shared/schemas/event.ts'
import { appendTo, iso, newEvent, newRule, raiseOn, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

test('an event is read back completely after a restart', () => {
  const rule = store.rules.insert(newRule(), T0)
  const [sample] = appendTo(store, { source: 'dB-é', metricType: 'x{y="z"}', value: 0.1 + 0.2 })
  const event = newEvent(sample!, {
    rule_id: rule.id,
    server_id: 9,
    unit: '%',
    score: 1 / 3,
    figure: -7.25,
    lower: -1e-300,
    upper: 1e300,
    severity: 'CRITICAL',
    status: 'RESOLVED',
    occurrences: 12,
    peak_value: -4,
    acknowledged_at: iso(T0 + 1),
    acknowledged_by: 'ann',
    resolved_at: iso(T0 + 2),
    resolved_by: 'bob',
    incident_id: 44,
  })
  const stored = store.events.insert(event)
  expect(stored).toEqual({ ...event, id: 1 })
  expect(temporary.reopen().events.get(1)).toEqual(stored)
  expect(temporary.store.events.get(2)).toBeUndefined()
})

test('without an incident, an event is one of its own', () => {
  raiseOn(store)
  expect(raiseOn(store)).toMatchObject({ id: 2, incident_id: 2 })
  expect(raiseOn(store, {}, { incident_id: 2 })).toMatchObject({ id: 3, incident_id: 2 })
  expect(store.events.get(2)).toMatchObject({ incident_id: 2 })
})

test('update changes the given fields and nothing else', () => {
  const event = raiseOn(store)
  const untouched = raiseOn(store)
  const patch = {
    severity: 'CRITICAL',
    status: 'RESOLVED',
    last_seen_at: iso(T0 + 10),
    last_sample_id: 99,
    occurrences: 3,
    peak_value: 98.5,
    score: 0.99,
    acknowledged_at: iso(T0 + 11),
    acknowledged_by: 'ann',
    resolved_at: iso(T0 + 12),
    resolved_by: 'bob',
  } as const
  expect(store.events.update(event.id, patch)).toEqual({ ...event, ...patch })
  expect(store.events.get(event.id)).toEqual({ ...event, ...patch })
  expect(store.events.update(event.id, { resolved_at: null })).toEqual({ ...event, ...patch, resolved_at: null })
  expect(store.events.get(event.id)).toEqual({ ...event, ...patch, resolved_at: null })
  expect(store.events.get(untouched.id)).toEqual(untouched)
  expect(() => store.events.update(99, patch)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

describe('an event and its rule', () => {
  test('the event stays when the rule goes, and keeps the name', () => {
    const rule = store.rules.insert(newRule({ name: 'gone' }), T0)
    const event = raiseOn(store, {}, { rule_id: rule.id, rule_name: rule.name })
    store.rules.remove(rule.id)
    expect(store.events.get(event.id)).toEqual({ ...event, rule_id: null })
    expect(event.rule_name).toBe('gone')
  })

  test('a rule that went while it was evaluated by leaves an event without one', () => {
    expect(raiseOn(store, {}, { rule_id: 7, rule_name: 'gone' })).toMatchObject({ rule_id: null, rule_name: 'gone' })
  })
})

test('newest is the last one of a rule on a real series, in any status', () => {
  const [one, two] = ['one', 'two'].map((name) => store.rules.insert(newRule({ name }), T0).id) as [number, number]
  raiseOn(store, { time: T0 }, { rule_id: one })
  const newest = raiseOn(store, { time: T0 + 2 }, { rule_id: one, status: 'FALSE_POSITIVE' })
  raiseOn(store, { time: T0 + 3 }, { rule_id: two })
  raiseOn(store, { time: T0 + 4, source: 'other' }, { rule_id: one })
  const drill = raiseOn(store, { time: T0 + 5, drill: true }, { rule_id: one })
  expect(store.events.newest(one, newest.series_id)).toEqual(newest)
  expect(store.events.newest(one, drill.series_id)).toBeUndefined()
  expect(store.events.newest(two, drill.series_id)).toBeUndefined()
})

describe('list', () => {
  const ids = (filter: Partial<EventFilter> = {}) =>
    store.events.list({ since: 0, limit: 99, offset: 0, ...filter }).map(({ id }) => id)

  test('is ordered by detected_at, then id, newest first, and paged', () => {
    for (const step of [2, 1, 3, 2]) raiseOn(store, { source: `s${step}`, time: T0 + step }, { status: 'RESOLVED' })
    expect(ids()).toEqual([3, 4, 1, 2])
    expect(ids({ limit: 2, offset: 1 })).toEqual([4, 1])
    expect(ids({ since: T0 + 2 })).toEqual([3, 4, 1])
    expect(ids({ since: T0 + 4 })).toEqual([])
  })

  test('has live ones whatever their age', () => {
    for (const status of STATUSES) raiseOn(store, { source: status, time: T0 }, { status })
    expect(ids({ since: T0 + 1 })).toEqual([2, 1])
    expect(STATUSES.map((status) => ids({ since: T0 + 1, status }))).toEqual([[1], [2], [], []])
  })

  test('filters by status and severity', () => {
    raiseOn(store, {}, { status: 'RESOLVED', severity: 'INFO' })
    raiseOn(store, {}, { status: 'OPEN', severity: 'INFO' })
    raiseOn(store, {}, { status: 'OPEN', severity: 'CRITICAL' })
    expect(ids({ status: 'OPEN' })).toEqual([3, 2])
    expect(ids({ severity: 'INFO' })).toEqual([2, 1])
    expect(ids({ status: 'OPEN', severity: 'INFO' })).toEqual([2])
    expect(ids({ status: 'ACKNOWLEDGED' })).toEqual([])
  })

  test('takes a part of the source, in any case and literally', () => {
    for (const source of ['KÖLN_1', 'köln%2', 'koln-3']) raiseOn(store, { source })
    expect(ids({ source: 'öLN' })).toEqual([2, 1])
    expect(ids({ source: '%' })).toEqual([2])
    expect(ids({ source: 'n_' })).toEqual([1])
    expect(ids({ source: '' })).toEqual([3, 2, 1])
  })

  test('takes the whole metric type, in any case', () => {
    for (const metricType of ['LÄRM', 'lärm', 'LÄRM_2', 'L%']) raiseOn(store, { metricType })
    expect(ids({ metricType: 'Lärm' })).toEqual([2, 1])
    expect(ids({ metricType: 'L%' })).toEqual([4])
    expect(ids({ metricType: 'l_rm' })).toEqual([])
  })

  test('gives events as get does', () => {
    const event = raiseOn(store, { drill: true })
    expect(store.events.list({ since: 0, limit: 1, offset: 0 })).toEqual([event])
  })
})

test('openCriticals counts the real events that are open and critical, whenever they were detected', () => {
  expect(store.events.openCriticals()).toBe(0)
  const critical = { severity: 'CRITICAL' } as const
  const first = raiseOn(store, { time: T0 }, critical)
  raiseOn(store, { time: T0 + 40 * 86_400_000 }, critical)
  raiseOn(store, { drill: true }, critical)
  raiseOn(store, {}, { ...critical, status: 'ACKNOWLEDGED' })
  const warning = raiseOn(store, {}, { severity: 'WARNING' })
  expect(store.events.openCriticals()).toBe(2)
  store.events.update(warning.id, critical)
  expect(store.events.openCriticals()).toBe(3)
  store.events.update(first.id, { status: 'RESOLVED' })
  store = temporary.reopen()
  expect(store.events.openCriticals()).toBe(2)
})

test('drillsBefore gives the live drills detected before a time', () => {
  const open = raiseOn(store, { time: T0, drill: true })
  const acknowledged = raiseOn(store, { time: T0 + 1, drill: true }, { status: 'ACKNOWLEDGED' })
  raiseOn(store, { time: T0 + 1, drill: true }, { status: 'RESOLVED' })
  raiseOn(store, { time: T0 + 1, drill: true }, { status: 'FALSE_POSITIVE' })
  raiseOn(store, { time: T0 + 2, drill: true })
  raiseOn(store, { time: T0 })
  expect(store.events.drillsBefore(T0 + 2)).toEqual([open, acknowledged])
})

test('a timeline keeps its lines in the order of their making', () => {
  const event = raiseOn(store)
  const other = raiseOn(store)
  const raised = { at: iso(T0 + 5), kind: 'raised', who: 'tocsin', comment: null } as const
  const acknowledged = { at: iso(T0), kind: 'acknowledged', who: 'ann', comment: 'on it – ü' } as const
  store.events.addToTimeline(event.id, raised)
  store.events.addToTimeline(other.id, raised)
  store.events.addToTimeline(event.id, acknowledged)
  store = temporary.reopen()
  expect(store.events.timeline(event.id)).toEqual([
    { id: 1, ...raised },
    { id: 3, ...acknowledged },
  ])
  expect(store.events.timeline(99)).toEqual([])
})
