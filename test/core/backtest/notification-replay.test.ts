// Whether an event in the past would have notified, and when.
import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../shared/domain/time.ts'
import { replayNotifications } from '../../../electron/core/backtest/notification-replay.ts'
import type { EventState } from '../../../electron/core/events/lifecycle.ts'
import { createSilencer } from '../../../electron/core/events/silencing/active-silence.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import { settings, type Settings } from '../../../shared/schemas/settings.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const at = (minutes: number) => NOON + minutes * MINUTE
const iso = (time: number) => new Date(time).toISOString()

const silence = (from: number, to: number, severity: Silence['severity'] = null): Silence => ({
  id: 1,
  source: '*',
  metric_type: '*',
  rule_id: null,
  severity,
  comment: '',
  from: iso(at(from)),
  to: iso(at(to)),
  created_by: 'ann',
  created_at: iso(NOON),
})

const quietUntil = (to: string): Settings => ({
  ...settings.parse({}),
  quiet_hours: { ...settings.parse({}).quiet_hours, on: true, from: '11:00', to, time_zone: 'UTC' },
})

/** An event that grows every ten seconds, from the first minute to the last. */
function deliveryOf(
  silences: Silence[],
  lasts: number,
  { severity = 'CRITICAL', worseAt = NaN, userSettings = settings.parse({}) } = {},
) {
  const life = { severity } as EventState
  const names = { rule_id: 1, source: 'web-1', metric_type: 'CPU' }
  const replay = replayNotifications(life, names, createSilencer(silences, []), userSettings)
  for (let time = at(0); time <= at(lasts); time += 10_000) {
    if (time >= at(worseAt)) life.severity = 'CRITICAL'
    replay.grew(time)
  }
  replay.ended(at(lasts + 5))
  const { notifiedAt, silencedBy } = replay.delivery
  return [silencedBy, notifiedAt === null ? null : (notifiedAt - NOON) / MINUTE]
}

describe('an event', () => {
  it('notifies at once', () => expect(deliveryOf([], 3)).toEqual([null, 0]))
  it('notifies when its silence ends, not with its next sample', () =>
    expect(deliveryOf([silence(-1, 2.05)], 3)).toEqual(['silence', 2.05]))
  it('notifies when its silence ends after its last sample, while it is open', () =>
    expect(deliveryOf([silence(-1, 7)], 3)).toEqual(['silence', 7]))
  it('never notifies if it has resolved by then', () =>
    expect(deliveryOf([silence(-1, 9)], 3)).toEqual(['silence', null]))
  it('notifies after the last of several silences', () =>
    expect(deliveryOf([silence(-1, 2), silence(1, 4)], 9)).toEqual(['silence', 4]))
  it('notifies when it escalates beyond a silence of another severity', () =>
    expect(deliveryOf([silence(-1, 60, 'WARNING')], 3, { severity: 'WARNING', worseAt: 2 })).toEqual(['silence', 2]))
  it('does not notify of a severity that is disabled', () =>
    expect(deliveryOf([], 3, { severity: 'INFO' })).toEqual([null, null]))
  it('notifies after the quiet hours if it is not critical', () => {
    const userSettings = { ...quietUntil('12:02'), notify: { INFO: true, WARNING: true, CRITICAL: true } }
    expect(deliveryOf([], 5, { severity: 'WARNING', userSettings })).toEqual([null, 2])
    expect(deliveryOf([], 5, { userSettings })).toEqual([null, 0])
  })
})
