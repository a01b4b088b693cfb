// Events that are over go in the end.
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../../../shared/domain/time.ts'
import type { NewEvent } from '../../../../electron/core/store/types/events.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { appendTo, iso, newEvent, newRule, raiseOn, removeBefore, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

const MANY = 1_000_000

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const removeOld = (time: number, most = MANY) => {
  while (store.transaction(() => store.events.removeOld(time, most)));
}
const left = () =>
  store.events
    .list({ since: 0, limit: 999, offset: 0 })
    .map(({ id }) => id)
    .toSorted((a, b) => a - b)

describe('by age', () => {
  const over = (status: NewEvent['status'], days: number) => ({ status, resolved_at: iso(T0 + days * DAY) })
  test.each([
    ['over before', over('RESOLVED', 1), true],
    ['a false alarm, over before', over('FALSE_POSITIVE', 1), true],
    ['over before, though nothing says when', { status: 'RESOLVED' as const }, true],
    ['over since', over('RESOLVED', 5), false],
    ['open', { status: 'OPEN' as const }, false],
    ['acknowledged', { status: 'ACKNOWLEDGED' as const }, false],
  ])('an event that is %s', (_what, given, goes) => {
    const event = raiseOn(store, {}, given)
    store.events.addToTimeline(event.id, { at: iso(T0), kind: 'raised', who: 'tocsin', comment: null })
    removeOld(T0 + 3 * DAY)
    expect(left()).toEqual(goes ? [] : [event.id])
    expect(store.events.timeline(event.id)).toHaveLength(goes ? 0 : 1)
  })
})

test('if there are too many, the oldest ended ones are removed, in steps', () => {
  const ids = Array.from({ length: 250 }, (_, at) => {
    const status = at % 5 === 0 ? 'OPEN' : 'RESOLVED'
    return raiseOn(store, { time: T0 + at }, { status, resolved_at: iso(T0 + at) }).id
  })
  expect(store.transaction(() => store.events.removeOld(0, 30))).toBe(true)
  expect(left()).toHaveLength(150)
  removeOld(0, 30)
  expect(left()).toEqual(ids.filter((_, at) => at % 5 === 0 || at > 212))
})

test('the counters follow, and those of rules that are gone go too', () => {
  const [kept, gone] = ['kept', 'gone'].map((name) => store.rules.insert(newRule({ name }), T0).id)
  for (const rule_id of [kept!, gone!])
    for (const day of [0, 9])
      raiseOn(
        store,
        { time: T0 + day * DAY },
        { rule_id, status: 'RESOLVED', resolved_by: 'tocsin', resolved_at: iso(T0 + day * DAY) },
      )
  store.rules.remove(gone!)
  removeOld(T0 + 3 * DAY)
  expect(left()).toEqual([2, 4])
  expect(store.summary(0, 'UTC').total_events).toBe(2)
  expect(store.budget.ruleStats(0, [])(kept!)).toMatchObject({ firings: 1, resolved_by_itself: 1 })
  const client = new Sqlite(temporary.file)
  try {
    expect(client.prepare("SELECT count(*) FROM event_counts WHERE dimension IN ('rule', 'worth')").pluck().get()).toBe(
      4,
    )
    expect(client.prepare('SELECT min(events) FROM event_counts').pluck().get()).toBe(1)
  } finally {
    client.close()
  }
})

test('a series that was there for its events goes with the last of them', () => {
  const first = raiseOn(store, {}, { status: 'RESOLVED', resolved_at: iso(T0) })
  store.events.insert(newEvent(appendTo(store, { time: T0 })[0]!, { status: 'RESOLVED', resolved_at: iso(T0 + DAY) }))
  removeBefore(store, T0 + 1)
  const doomed = () =>
    store.transaction(() => {
      store.events.removeOld(T0 + 9 * DAY, MANY)
      throw new Error('no')
    })
  expect(doomed).toThrow('no')
  expect(left()).toEqual([1, 2])
  removeOld(T0 + 1)
  expect(left()).toEqual([2])
  expect(store.series.ofSource('web-1')).toHaveLength(1)
  removeOld(T0 + 9 * DAY)
  expect(store.series.ofSource('web-1')).toEqual([])
  store = temporary.reopen()
  expect(store.series.ofSource('web-1')).toEqual([])
  expect(appendTo(store, { time: T0 })[0]!.seriesId).toBeGreaterThan(first.series_id)
})
