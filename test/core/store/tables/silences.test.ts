// Silences and maintenance windows as the store keeps them, and the live events that they are about.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR } from '../../../../shared/domain/time.ts'
import { iso, newRule, raiseOn, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
beforeEach(() => (temporary = temporaryStore()))
afterEach(() => temporary.remove())

const silence = (from: number, to: number) => ({
  source: 'web-*',
  metric_type: '*',
  rule_id: null,
  severity: null,
  from: iso(T0 + from * HOUR),
  to: iso(T0 + to * HOUR),
  comment: 'Deploy',
  created_by: 'ada',
  created_at: iso(T0),
})

const window = (rule_id: number | null = null) => ({
  name: 'Backups',
  source: '*',
  metric_type: 'DISK_*',
  rule_id,
  severity: 'WARNING' as const,
  days: [1, 7],
  start: '02:30',
  minutes: 45,
  time_zone: 'Europe/Berlin',
  is_active: true,
  created_by: 'ada',
  created_at: iso(T0),
})

describe('silences', () => {
  it('are listed by their end, and known while they are not over', () => {
    const { silences } = temporary.store
    const [one, two, three] = [silence(0, 1), silence(2, 5), silence(0, 3)].map(silences.insert)
    expect(one).toEqual({ ...silence(0, 1), id: 1 })
    expect(silences.list(10, 0)).toEqual([two, three, one])
    expect(silences.list(1, 1)).toEqual([three])
    expect(silences.endingAfter(T0 + HOUR - 1)).toEqual([one, two, three])
    expect(silences.endingAfter(T0 + HOUR)).toEqual([two, three])
  })

  it('keep only the newest of the expired', () => {
    const { silences } = temporary.store
    const [, second, third, live] = [silence(0, 1), silence(0, 2), silence(0, 3), silence(0, 9)].map(silences.insert)
    silences.removePast(T0 + 3 * HOUR, 2)
    expect(silences.list(10, 0)).toEqual([live, third, second])
  })

  it('are changed, survive a restart and go with their rule', () => {
    const rule = temporary.store.rules.insert(newRule(), T0)
    const made = temporary.store.silences.insert({ ...silence(0, 1), rule_id: rule.id, severity: 'INFO' })
    const changed = { ...made, to: iso(T0 + 9 * HOUR), comment: 'Longer' }
    expect(temporary.store.silences.update(changed)).toEqual(changed)
    const store = temporary.reopen()
    expect(store.silences.get(made.id)).toEqual(changed)
    store.rules.remove(rule.id)
    expect(() => store.silences.get(made.id)).toThrow('There is no silence 1.')
    expect(() => store.silences.update(changed)).toThrow('There is no silence 1.')
  })
})

it('maintenance windows are kept, changed, removed and go with their rule', () => {
  const { windows, rules } = temporary.store
  const rule = rules.insert(newRule(), T0)
  const [first, second] = [windows.insert(window()), windows.insert(window(rule.id))]
  expect(windows.all()).toEqual([
    { ...window(), id: 1 },
    { ...window(rule.id), id: 2 },
  ])
  const changed = { ...first, days: [3], is_active: false }
  expect(windows.update(changed)).toEqual(changed)
  expect(temporary.reopen().windows.all()).toEqual([changed, second])
  temporary.store.rules.remove(rule.id)
  temporary.store.windows.remove(first.id)
  expect(temporary.store.windows.all()).toEqual([])
  expect(() => temporary.store.windows.remove(first.id)).toThrow('There is no maintenance window 1.')
})

it('live events are known, and those whose silence has run out', () => {
  const { store } = temporary
  const until = (hours: number) =>
    ({ silenced_by: 'silence', silence_id: 1, silenced_until: iso(T0 + hours * HOUR) }) as const
  raiseOn(store)
  raiseOn(store, {}, until(1))
  raiseOn(store, {}, { ...until(2), status: 'ACKNOWLEDGED' })
  raiseOn(store, {}, { ...until(1), status: 'RESOLVED' })
  raiseOn(store, { drill: true }, until(3))
  expect(store.events.liveIds()).toEqual([1, 2, 3, 5])
  expect([0.9, 1, 2, 3].map((hours) => store.events.silencedUpTo(T0 + hours * HOUR))).toEqual([
    [],
    [2],
    [2, 3],
    [2, 3, 5],
  ])
})

it('a silenced event is no open critical until its silence ends', () => {
  const { store } = temporary
  const critical = raiseOn(store, {}, { severity: 'CRITICAL' })
  expect(store.events.openCriticals()).toBe(1)
  store.events.update(critical.id, { silenced_by: 'snooze', silenced_until: iso(T0 + HOUR) })
  expect([store.events.openCriticals(), store.summary(0, 'UTC').open_critical]).toEqual([0, 0])
  store.events.update(critical.id, { silenced_by: null, silenced_until: null })
  expect([store.events.openCriticals(), store.summary(0, 'UTC').open_critical]).toEqual([1, 1])
})
