// The budget of interruptions against events counted by hand.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/domain/time.ts'
import type { NewEvent } from '../../../electron/core/store/types/events.ts'
import { zoneNamed } from '../../../electron/core/platform/zoned-time.ts'
import { createRuleStatistics } from '../../../electron/core/rules/statistics.ts'
import { appendTo, iso, newEvent, newRule } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

/** Monday noon; four weeks before begin on a Monday, too. */
const NOW = Date.UTC(2026, 2, 30, 12)

let temporary: TemporaryStore
beforeEach(() => void (temporary = temporaryStore()))
afterEach(() => temporary.remove())

const budget = (days = 28, tz = 'UTC') =>
  createRuleStatistics({ store: temporary.store, clock: { now: () => NOW } }).overDays(days, tz)

function fill() {
  const { store } = temporary
  const [one, other] = ['one', 'other'].map((name) => store.rules.insert(newRule({ name }), NOW).id)
  const [sample] = appendTo(store, {})
  const [drilled] = appendTo(store, { drill: true })
  const raise = (given: Partial<NewEvent>, at: number, from = sample!) =>
    store.events.insert(newEvent(from, { rule_id: one!, detected_at: iso(at), ...given })).id
  return { one: one!, other: other!, raise, drilled: drilled! }
}

const person = { status: 'RESOLVED', resolved_by: 'ann' } as const
const recovered = { status: 'RESOLVED', resolved_by: 'tocsin' } as const
const real = { confirmed_at: iso(NOW), confirmed_by: 'ann' } as const
const wrong = { status: 'FALSE_POSITIVE', resolved_by: 'ann' } as const

it('counts what a rule took and what that was worth', async () => {
  const { one, other, raise, drilled } = fill()
  const first = raise(person, NOW - DAY)
  raise({ ...recovered, acknowledged_at: iso(NOW), incident_id: first }, NOW - DAY + 1000)
  raise({ ...recovered, silenced_by: 'window' }, NOW - 2 * DAY)
  raise({ ...wrong, acknowledged_at: iso(NOW) }, NOW - 3 * DAY)
  raise({ ...recovered, ...real }, NOW - 4 * DAY)
  raise({}, NOW - 10 * HOUR)
  raise(wrong, NOW - 40 * DAY)
  raise(wrong, NOW - HOUR, drilled)
  const { from, rules } = budget()
  expect(from).toBe('2026-03-02T00:00:00.000Z')
  expect(rules.map(({ rule_id }) => rule_id)).toEqual([one, other])
  expect(rules[0]).toMatchObject({
    firings: 6,
    night_firings: 1,
    incidents: 5,
    acknowledged: 2,
    resolved_by_person: 1,
    resolved_by_itself: 3,
    silenced: 1,
    false_alarms: 1,
    confirmed: 1,
    precision: 1 / 2,
    mostly_false: false,
    false_alarm_id: null,
  })
  expect(rules[0]!.firings_per_week).toBeCloseTo(6 / (28.5 / 7))
  expect(rules[1]).toMatchObject({ firings: 0, precision: null, mostly_false: false })
})

it('follows what becomes of an event', async () => {
  const { raise } = fill()
  const id = raise({}, NOW - HOUR)
  const { events } = temporary.store
  events.update(id, { status: 'ACKNOWLEDGED', acknowledged_at: iso(NOW) })
  expect(budget().rules[0]).toMatchObject({ acknowledged: 1, confirmed: 0, precision: null })
  events.update(id, real)
  expect(budget().rules[0]).toMatchObject({ acknowledged: 1, confirmed: 1, precision: 1 })
  events.update(id, { status: 'FALSE_POSITIVE', resolved_by: 'ann' })
  expect(budget().rules[0]).toMatchObject({ firings: 1, confirmed: 0, false_alarms: 1, precision: 0 })
})

it.each([
  [2, 2, false],
  [2, 3, true],
  [3, 2, false],
  [0, 4, false],
])('a rule with %i confirmed and %i false ones is mostly false: %s', async (confirmed, falseAlarms, isSo) => {
  const { raise } = fill()
  for (let i = 0; i < confirmed; i++) raise({ ...recovered, ...real }, NOW - HOUR * (i + 1))
  let newest = 0
  for (let i = 0; i < falseAlarms; i++) newest = raise(wrong, NOW - DAY - HOUR * i)
  const { mostly_false, false_alarm_id } = budget().rules[0]!
  expect([mostly_false, false_alarm_id]).toEqual([isSo, isSo ? newest : null])
})

it('nights are those of the zone, also at a change of the clocks', async () => {
  const { raise } = fill()
  const { instantOf } = zoneNamed('Europe/Berlin')
  // The clocks go forward on 29 March.
  const at = (day: number, minute: number) => instantOf({ date: Date.UTC(2026, 2, day), minute })
  for (const day of [27, 28, 29])
    for (const minute of [6 * 60 + 59, 7 * 60, 21 * 60 + 59, 22 * 60]) raise({}, at(day, minute))
  expect(budget(28, 'Europe/Berlin').rules[0]).toMatchObject({ firings: 12, night_firings: 6 })
})

it('takes 20 ms at most with 20,000 events', async () => {
  const { raise, one, other } = fill()
  const kinds = [person, recovered, wrong, {}]
  temporary.store.transaction(() => {
    for (let i = 0; i < 20_000; i++)
      raise({ ...kinds[i % 4], rule_id: i % 3 ? one : other }, NOW - (i / 20_000) * 28 * DAY)
  })
  const took: number[] = []
  for (let i = 0; i < 10; i++) {
    const begun = performance.now()
    const { rules } = budget()
    took.push(performance.now() - begun)
    expect(rules[0]!.firings + rules[1]!.firings).toBe(20_000)
  }
  expect(Math.min(...took)).toBeLessThan(20)
}, 60_000)
