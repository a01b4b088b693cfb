// What of an event in the past would have reached a person, and when.
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
function heard(
  silences: Silence[],
  lasts: number,
  { severity = 'CRITICAL', worseAt = NaN, hears = settings.parse({}) } = {},
) {
  const life = { severity } as EventState
  const names = { rule_id: 1, source: 'web-1', metric_type: 'CPU' }
  const ear = replayNotifications(life, names, createSilencer(silences, []), hears)
  for (let time = at(0); time <= at(lasts); time += 10_000) {
    if (time >= at(worseAt)) life.severity = 'CRITICAL'
    ear.grew(time)
  }
  ear.ended(at(lasts + 5))
  const { notifiedAt, silencedBy } = ear.delivery
  return [silencedBy, notifiedAt === null ? null : (notifiedAt - NOON) / MINUTE]
}

describe('an event', () => {
  it('is told at once', () => expect(heard([], 3)).toEqual([null, 0]))
  it('is told when its silence ends, not with its next sample', () =>
    expect(heard([silence(-1, 2.05)], 3)).toEqual(['silence', 2.05]))
  it('is told when its silence ends after its last sample, while it is open', () =>
    expect(heard([silence(-1, 7)], 3)).toEqual(['silence', 7]))
  it('is never told where it is over by then', () => expect(heard([silence(-1, 9)], 3)).toEqual(['silence', null]))
  it('is told after the last of several silences', () =>
    expect(heard([silence(-1, 2), silence(1, 4)], 9)).toEqual(['silence', 4]))
  it('is told when it grows out of a silence of another severity', () =>
    expect(heard([silence(-1, 60, 'WARNING')], 3, { severity: 'WARNING', worseAt: 2 })).toEqual(['silence', 2]))
  it('is not told of a severity that nobody wants', () =>
    expect(heard([], 3, { severity: 'INFO' })).toEqual([null, null]))
  it('is told after the quiet hours where it is not critical', () => {
    const hears = { ...quietUntil('12:02'), notify: { INFO: true, WARNING: true, CRITICAL: true } }
    expect(heard([], 5, { severity: 'WARNING', hears })).toEqual([null, 2])
    expect(heard([], 5, { hears })).toEqual([null, 0])
  })
})
