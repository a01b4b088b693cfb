import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewEvent } from '../../../../electron/core/store/types/events.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import { iso, raiseOn, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const raise = (source: string, minutes: number, given: Partial<NewEvent> = {}) =>
  raiseOn(store, { source, time: T0 + minutes * MINUTE }, { detected_at: iso(T0 + minutes * MINUTE), ...given })

const over = (minutes: number, by = 'tocsin') =>
  ({ status: 'RESOLVED', resolved_at: iso(T0 + minutes * MINUTE), resolved_by: by }) as const

describe('the state of an incident', () => {
  test('is live while one event is, and names who ended it last', () => {
    const { id } = raise('db', 0)
    const other = raise('api', 1, { incident_id: id })
    expect(store.incidents.state(id)).toEqual({ isLive: true, endedAt: 0, endedByPerson: false })
    store.events.update(id, over(5, 'ann'))
    expect(store.incidents.state(id)).toMatchObject({ isLive: true, endedByPerson: true })
    store.events.update(other.id, over(9))
    expect(store.incidents.state(id)).toEqual({ isLive: false, endedAt: T0 + 9 * MINUTE, endedByPerson: false })
  })
})

test('an incident is summed up from its events', () => {
  const { id } = raise('db', 0, { severity: 'CRITICAL', began_at: iso(T0 - MINUTE) })
  raise('db', 1, { incident_id: id })
  const third = raise('api', 2, { incident_id: id, status: 'ACKNOWLEDGED' })
  expect(store.incidents.get(id)).toEqual({
    id,
    began_at: T0 - MINUTE,
    ended_at: null,
    severity: 'CRITICAL',
    open: 2,
    acknowledged: 1,
    events: 3,
    series: 2,
    sources: 2,
    drill: false,
  })
  expect(store.incidents.memberIds(id, 2)).toEqual([id, id + 1])
  store.events.update(id, over(5))
  store.events.update(id + 1, over(6))
  // The worst of those that go on; and of all, once none does.
  expect(store.incidents.get(id)).toMatchObject({ severity: 'WARNING', ended_at: null })
  expect(store.incidents.liveMemberIds(id)).toEqual([third.id])
  store.events.update(third.id, over(7))
  expect(store.incidents.get(id)).toMatchObject({ severity: 'CRITICAL', ended_at: T0 + 7 * MINUTE })
  expect(store.incidents.get(99)).toBeUndefined()
})

describe('the severity of an incident', () => {
  test('is critical on three sources, INFO and what has ended left out', () => {
    const { id } = raise('db', 0)
    raise('api', 1, { incident_id: id })
    raise('api', 1, { incident_id: id })
    const info = raise('web', 1, { incident_id: id, severity: 'INFO' })
    expect(store.incidents.get(id)!.severity).toBe('WARNING')
    store.events.update(info.id, { severity: 'WARNING' })
    expect(store.incidents.get(id)!.severity).toBe('CRITICAL')
    store.events.update(info.id, over(5))
    expect(store.incidents.get(id)!.severity).toBe('WARNING')
  })

  test('is critical once an event has been critical by its score for half an hour', () => {
    const critical_since = iso(T0)
    const { id } = raise('db', 0, { critical_since, last_seen_at: iso(T0 + 29 * MINUTE) })
    expect(store.incidents.get(id)!.severity).toBe('WARNING')
    store.events.update(id, { last_seen_at: iso(T0 + 30 * MINUTE) })
    expect(store.incidents.get(id)!.severity).toBe('CRITICAL')
    store.events.update(id, { critical_since: null })
    expect(store.incidents.get(id)!.severity).toBe('WARNING')
  })
})

test('the onset and the first mover follow samples that come late for an hour', () => {
  const raised = (minutes: number) => ({ raised_at: iso(T0 + minutes * MINUTE) })
  const began = (minutes: number) => ({ began_at: iso(T0 + minutes * MINUTE) })
  const { id } = raise('db', 0, { ...raised(0), ...began(0) })
  const late = raise('api', 0, { incident_id: id, ...raised(60), ...began(-5) })
  const tooLate = raise('web', 0, { incident_id: id, ...raised(61), ...began(-9) })
  expect(store.incidents.get(id)!.began_at).toBe(T0 - 5 * MINUTE)
  expect(store.incidents.memberIds(id, 9)).toEqual([late.id, id, tooLate.id])
})

describe('the list of incidents', () => {
  test('has live ones first whatever their age, the worst first, then the oldest; then ended ones, newest first', () => {
    const old = raise('old', -4000)
    const ended = [raise('a', 1, over(2)), raise('b', 5, over(6))]
    const critical = raise('c', 9, { severity: 'CRITICAL' })
    const warning = raise('d', 3)
    raise('gone', -4000, over(-3000))
    const list = (filter: object = {}) => store.incidents.list({ since: T0 - DAY, limit: 50, offset: 0, ...filter })
    const ids = ({ rows }: ReturnType<typeof list>) => rows.map(({ id }) => id)
    expect(ids(list())).toEqual([critical.id, old.id, warning.id, ended[1]!.id, ended[0]!.id])
    expect(list({ limit: 2, offset: 1 })).toMatchObject({ total: 5, rows: [{ id: old.id }, { id: warning.id }] })
    expect(list({ offset: 9 })).toEqual({ total: 5, rows: [] })
    expect(ids(list({ isLive: true }))).toEqual([critical.id, old.id, warning.id])
    expect(ids(list({ isLive: false }))).toEqual([ended[1]!.id, ended[0]!.id])
  })
})

test('companions are sources that began with it on at least two days, and most of the times', () => {
  for (const day of [0, 1]) {
    const { id } = raise('db', day * 1440)
    raise('api', day * 1440 + 1, { incident_id: id })
    if (day === 0) raise('web', 2, { incident_id: id })
  }
  expect(store.incidents.companionsOf('db', T0 - DAY)).toEqual(['api'])
  expect(store.incidents.companionsOf('api', T0 - DAY)).toEqual(['db'])
  expect(store.incidents.companionsOf('db', T0 + MINUTE)).toEqual([])
  // By now it has come alone more often than not.
  for (const day of [2, 3, 4]) raise('db', day * 1440)
  expect(store.incidents.companionsOf('db', T0 - DAY)).toEqual([])
  expect(store.incidents.companionsOf('api', T0 - DAY)).toEqual(['db'])
})

test('recent gives the members of live and of new incidents, the oldest first', () => {
  const old = raise('old', -4000)
  raise('gone', -4000, over(-3000))
  const ended = raise('db', 2, { ...over(3), began_at: iso(T0) })
  expect(store.incidents.recent(T0)).toEqual([
    { incidentId: old.id, source: 'old', drill: false, beganAt: T0 - 4000 * MINUTE, raisedAt: T0 - 4000 * MINUTE },
    { incidentId: ended.id, source: 'db', drill: false, beganAt: T0, raisedAt: T0 + 2 * MINUTE },
  ])
})
