// Wall clocks and instants, also around a change of the clocks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minuteOf, weekDayOf, zoneNamed } from '../../../electron/core/platform/zoned-time.ts'

const BERLIN = zoneNamed('Europe/Berlin')
const instant = (zone: string, date: string, wallTime: string) =>
  new Date(zoneNamed(zone).instantOf({ date: Date.parse(date), minute: minuteOf(wallTime) })).toISOString()

describe('a wall time is an instant', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15', '02:30', '2026-01-15T01:30:00.000Z'],
    ['Europe/Berlin', '2026-07-15', '02:30', '2026-07-15T00:30:00.000Z'],
    // Skipped: read with the offset before the gap, it is 03:30.
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    // Just before and just after the gap.
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    // Twice: the first one is meant.
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    // Half an hour only.
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00.000Z'],
    // The gap is at midnight.
    ['America/Santiago', '2026-09-06', '00:30', '2026-09-06T04:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '00:00', '2025-12-31T18:15:00.000Z'],
    // A day that Samoa never had.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T22:00:00.000Z'],
  ])('in %s on %s at %s', (zone, date, wallTime, expected) => {
    expect(instant(zone, date, wallTime)).toBe(expected)
  })
})

it('the wall time of an instant is that instant again, except for an hour that occurs twice', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Chatham', 'UTC')
  const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
  fc.assert(
    fc.property(zone, minute, (name, minutes) => {
      const { localAt, instantOf } = zoneNamed(name)
      const back = instantOf(localAt(minutes * 60_000))
      expect(localAt(back)).toEqual(localAt(minutes * 60_000))
      expect(minutes * 60_000 - back).toBeOneOf([0, 1_800_000, 3_600_000])
    }),
    { numRuns: 300 },
  )
})

it('the days of a week are numbered from Monday', () => {
  const days = ['2026-11-16', '2026-11-17', '2026-11-21', '2026-11-22', '1969-12-31']
  expect(days.map((day) => weekDayOf({ date: Date.parse(day) }))).toEqual([1, 2, 6, 7, 3])
  expect(BERLIN.localAt(Date.parse('2026-11-22T23:30:00Z'))).toEqual({ date: Date.parse('2026-11-23'), minute: 30 })
})

it('a zone that is none is refused', () => expect(() => zoneNamed('Middle/Earth')).toThrow(RangeError))
