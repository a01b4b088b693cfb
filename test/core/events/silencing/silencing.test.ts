// Which events are kept quiet when: by silences, by maintenance windows, by quiet hours.
import { describe, expect, it } from 'vitest'
import { createSilencer, type MatchedFacts } from '../../../../electron/core/events/silencing/active-silence.ts'
import { inQuietHours, isNotificationEnabled } from '../../../../electron/core/notify/quiet-hours.ts'
import { nextOccurrence, occurrenceAt } from '../../../../electron/core/events/silencing/occurrences.ts'
import { SEVERITIES } from '../../../../shared/schemas/event.ts'
import type { Silence } from '../../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'
import { settings } from '../../../../shared/schemas/settings.ts'

const at = (text: string) => Date.parse(text)

const FACTS: MatchedFacts = { rule_id: 7, source: 'web-1', metric_type: 'CPU', severity: 'WARNING' }

const silence = (given: Partial<Silence> = {}): Silence => ({
  id: 1,
  source: '*',
  metric_type: '*',
  rule_id: null,
  severity: null,
  from: '2026-05-04T10:00:00.000Z',
  to: '2026-05-04T12:00:00.000Z',
  comment: 'Deploy',
  created_by: 'ada',
  created_at: '2026-05-04T09:00:00.000Z',
  ...given,
})

const window = (given: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  id: 1,
  name: 'Backups',
  source: '*',
  metric_type: '*',
  rule_id: null,
  severity: null,
  days: [1, 2, 3, 4, 5, 6, 7],
  start: '02:30',
  minutes: 60,
  time_zone: 'Europe/Berlin',
  is_active: true,
  created_by: 'ada',
  created_at: '2026-01-01T00:00:00.000Z',
  ...given,
})

describe('a silence', () => {
  const ELEVEN = at('2026-05-04T11:00:00Z')
  it.each([
    [{}, true],
    [{ source: 'WEB-?' }, true],
    [{ source: 'db-*' }, false],
    [{ metric_type: 'c*' }, true],
    [{ metric_type: 'C' }, false],
    [{ rule_id: 7 }, true],
    [{ rule_id: 8 }, false],
    [{ severity: 'WARNING' }, true],
    [{ severity: 'CRITICAL' }, false],
    [{ source: 'web-1', metric_type: 'CPU', rule_id: 7, severity: 'INFO' }, false],
  ] as const)('%j matches: %s', (matcher, matches) => {
    expect(createSilencer([silence(matcher)], []).match(FACTS, ELEVEN) !== null).toBe(matches)
  })

  it('is active from its start up to its end, exclusive', () => {
    const { match: isQuiet } = createSilencer([silence()], [])
    const match = { by: 'silence', id: 1, until: at('2026-05-04T12:00:00Z'), why: 'Deploy' }
    expect(isQuiet(FACTS, at('2026-05-04T09:59:59.999Z'))).toBeNull()
    expect(isQuiet(FACTS, at('2026-05-04T10:00:00Z'))).toEqual(match)
    expect(isQuiet(FACTS, at('2026-05-04T11:59:59.999Z'))).toEqual(match)
    expect(isQuiet(FACTS, at('2026-05-04T12:00:00Z'))).toBeNull()
  })

  it('an event whose rule is deleted is not matched by a silence of that rule', () => {
    const { match: isQuiet } = createSilencer([silence({ rule_id: 7 })], [])
    expect(isQuiet({ ...FACTS, rule_id: null }, ELEVEN)).toBeNull()
  })

  it('of several, the one that lasts longest is returned', () => {
    const longer = silence({ id: 2, to: '2026-05-05T00:00:00.000Z' })
    const { match: isQuiet } = createSilencer([silence(), longer, silence({ id: 3 })], [])
    expect(isQuiet(FACTS, ELEVEN)?.id).toBe(2)
  })

  it('the active silence has a name that changes with it', () => {
    const { active } = createSilencer([silence(), silence({ id: 2, from: '2026-05-04T11:30:00.000Z' })], [window()])
    const names = ['09:00', '10:00', '11:00', '11:30', '12:00'].map((time) => active(at(`2026-05-04T${time}:00Z`)))
    expect(names).toEqual(['', 'silence 1', 'silence 1', 'silence 1,silence 2', ''])
    expect(active(at('2026-05-04T00:30:00Z'))).toBe('window 1')
  })
})

describe('a maintenance window', () => {
  const spanOf = (occurrence: { from: number; to: number } | undefined) =>
    occurrence && [occurrence.from, occurrence.to].map((time) => new Date(time).toISOString().slice(0, 16))

  it.each([
    ['2026-01-15T01:29:59Z', undefined],
    ['2026-01-15T01:30:00Z', ['2026-01-15T01:30', '2026-01-15T02:30']],
    ['2026-01-15T02:29:59Z', ['2026-01-15T01:30', '2026-01-15T02:30']],
    ['2026-01-15T02:30:00Z', undefined],
    // In summer it is an hour earlier in UTC.
    ['2026-07-15T00:30:00Z', ['2026-07-15T00:30', '2026-07-15T01:30']],
    ['2026-07-15T01:30:00Z', undefined],
    // On the night without 02:30 it begins at 03:30 and is no shorter.
    ['2026-03-29T01:00:00Z', undefined],
    ['2026-03-29T01:30:00Z', ['2026-03-29T01:30', '2026-03-29T02:30']],
    // On the night with two of them it begins with the first, lasts an hour, and does not come again.
    ['2026-10-25T00:30:00Z', ['2026-10-25T00:30', '2026-10-25T01:30']],
    ['2026-10-25T01:29:59Z', ['2026-10-25T00:30', '2026-10-25T01:30']],
    ['2026-10-25T01:30:00Z', undefined],
  ])('every night at 02:30 in Berlin, at %s', (time, expected) => {
    expect(spanOf(occurrenceAt(window(), at(time)))).toEqual(expected)
  })

  describe.each(['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Beirut', 'Africa/Cairo'])(
    'in %s',
    (time_zone) => {
      const wall = new Intl.DateTimeFormat('sv', { timeZone: time_zone, dateStyle: 'short', timeStyle: 'short' })
      // That clock changes within both.
      const seasons = [
        ['2026-03-01', '2026-05-03'],
        ['2026-09-01', '2026-11-08'],
      ] as const
      const datesBetween = (first: string, last: string) =>
        Array.from({ length: (at(last) - at(first)) / 86_400_000 }, (_, day) =>
          new Date(at(first) + day * 86_400_000).toISOString().slice(0, 10),
        )

      it('occurs once a day at its time, or an hour later if that is skipped, and lasts as long', () => {
        let skipped = 0
        for (const start of ['00:30', '02:30'])
          for (const [first, last] of seasons) {
            const some = window({ time_zone, start, minutes: 90 })
            const dates: string[] = []
            let time = nextOccurrence(some, at(first)).to
            for (;;) {
              const { from, to } = nextOccurrence(some, time)
              const [date, shown] = wall.format(from).split(' ') as [string, string]
              if (date >= last) break
              expect(to - from).toBe(90 * 60_000)
              expect([from - 1, from, to - 1].map((each) => occurrenceAt(some, each)?.to)).toEqual([undefined, to, to])
              if (shown !== start) {
                expect(shown).toBe(start.replace(/\d\d/, (hour) => `0${Number(hour) + 1}`))
                skipped++
              }
              dates.push(date)
              time = to
            }
            expect(dates).toEqual(datesBetween(dates[0]!, last))
            expect(dates[0]! <= datesBetween(first, last)[2]!).toBe(true)
          }
        expect(skipped).toBe(1)
      })
    },
  )

  it('continues over midnight from the day of its start', () => {
    const night = window({ days: [5], start: '23:00', minutes: 120 })
    expect(occurrenceAt(night, at('2026-05-08T22:30:00Z'))).toBeDefined()
    expect(occurrenceAt(night, at('2026-05-09T22:30:00Z'))).toBeUndefined()
  })

  it('may last a week, and returns the occurrence that ends last', () => {
    const always = window({ minutes: 10_080, days: [1, 3] })
    const span = spanOf(occurrenceAt(always, at('2026-05-07T12:00:00Z')))
    expect(span).toEqual(['2026-05-06T00:30', '2026-05-13T00:30'])
  })

  it.each([
    [[7], '2026-05-04T10:00:00Z', '2026-05-10T00:30'],
    // It is on: the present one.
    [[1], '2026-05-04T01:00:00Z', '2026-05-04T00:30'],
    // It is just over: in a week.
    [[1], '2026-05-04T01:30:00Z', '2026-05-11T00:30'],
    [[6, 7], '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
  ])('on days %j, at %s, comes next', (days, time, expected) => {
    expect(spanOf(nextOccurrence(window({ days }), at(time)))?.[0]).toBe(expected)
  })

  it('silences what it matches while it is enabled', () => {
    const time = at('2026-05-04T00:45:00Z')
    const match = { by: 'window', id: 1, until: at('2026-05-04T01:30:00Z'), why: 'Backups' }
    expect(createSilencer([], [window({ source: 'web-*' })]).match(FACTS, time)).toEqual(match)
    expect(createSilencer([], [window({ source: 'db-*' })]).match(FACTS, time)).toBeNull()
    expect(createSilencer([], [window({ is_active: false })]).match(FACTS, time)).toBeNull()
    const { match: isQuiet } = createSilencer([], [window()])
    const times = ['00:29:59', '00:30:00', '00:30:59', '01:29:59', '01:30:00', '00:45:00']
    const quiet = times.map((each) => isQuiet(FACTS, at(`2026-05-04T${each}Z`)) !== null)
    expect(quiet).toEqual([false, true, true, true, false, true])
  })
})

describe('quiet hours', () => {
  const usual = settings.parse({}).quiet_hours
  const hours = (given: Partial<typeof usual>) => ({ ...usual, on: true, time_zone: 'Europe/Berlin', ...given })

  it('are off by default', () => {
    expect(inQuietHours(usual, at('2026-05-04T23:00:00Z'))).toBe(false)
  })

  it.each([
    ['2026-01-15T20:59:00Z', false],
    ['2026-01-15T21:00:00Z', true],
    ['2026-01-16T05:59:59Z', true],
    ['2026-01-16T06:00:00Z', false],
    // They go by the wall, so the night of the change is an hour shorter or longer.
    ['2026-03-29T04:59:00Z', true],
    ['2026-03-29T05:00:00Z', false],
    ['2026-10-25T05:59:00Z', true],
    ['2026-10-25T06:00:00Z', false],
  ])('from 22:00 to 07:00 in Berlin, at %s: %s', (time, quiet) => {
    expect(inQuietHours(hours({}), at(time))).toBe(quiet)
  })

  it.each([
    // Friday night only, into Saturday.
    [{ days: [5] }, '2026-05-08T21:00:00Z', true],
    [{ days: [5] }, '2026-05-09T04:00:00Z', true],
    [{ days: [5] }, '2026-05-08T04:00:00Z', false],
    // Within one day.
    [{ from: '12:00', to: '13:00' }, '2026-05-08T10:30:00Z', true],
    [{ from: '12:00', to: '13:00' }, '2026-05-08T11:00:00Z', false],
    // The whole of Sunday.
    [{ from: '00:00', to: '00:00', days: [7] }, '2026-05-10T12:00:00Z', true],
    [{ from: '00:00', to: '00:00', days: [7] }, '2026-05-10T22:00:00Z', false],
    [{ time_zone: 'America/New_York' }, '2026-05-08T02:00:00Z', true],
    [{ time_zone: 'America/New_York' }, '2026-05-08T12:00:00Z', false],
  ])('of %j at %s: %s', (given, time, quiet) => {
    expect(inQuietHours(hours(given), at(time))).toBe(quiet)
  })

  it('let only critical events through, and only if those notify at all', () => {
    const [night, day] = [at('2026-01-15T23:00:00Z'), at('2026-01-15T12:00:00Z')]
    const notify = { INFO: false, WARNING: true, CRITICAL: true }
    const wantedAt = (time: number, notifying = notify) =>
      SEVERITIES.filter((severity) =>
        isNotificationEnabled(severity, { notify: notifying, quiet_hours: hours({}) }, time),
      )
    expect(wantedAt(day)).toEqual(['WARNING', 'CRITICAL'])
    expect(wantedAt(night)).toEqual(['CRITICAL'])
    expect(wantedAt(night, { ...notify, CRITICAL: false })).toEqual([])
  })
})
