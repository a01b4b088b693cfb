// The calendar alone: which days speak, and how much they differ.
import { expect, it } from 'vitest'
import { Calendar } from '../../../electron/core/detectors/calendar.ts'

/** 5 January 2026, in days since 1970. */
const MONDAY = 20_458
const NOON = 24
const cell = (level: number, spread = 0) => ({ level, spread, samples: 10 })

it('makes up for a median that is nearer to two days than the truth is', () => {
  const calendar = new Calendar()
  calendar.keep({ day: MONDAY, slot: NOON }, cell(10))
  calendar.keep({ day: MONDAY + 1, slot: NOON }, cell(12))
  const usual = calendar.usualAt({ day: MONDAY + 2, slot: NOON })!
  expect(usual).toMatchObject({ level: 11, days: 2, samples: 20, when: 'on weekdays around 12:00' })
  expect(usual.spread).toBeCloseTo(Math.SQRT2 * 1.4826, 10)
})

it('leaves out of three days the one that is their median', () => {
  const calendar = new Calendar()
  for (const [day, level] of [10, 11, 13].entries()) calendar.keep({ day: MONDAY + day, slot: NOON }, cell(level))
  expect(calendar.usualAt({ day: MONDAY + 3, slot: NOON })!.spread).toBeCloseTo(1.5 * Math.sqrt(1.5) * 1.4826, 10)
})

it('drops a day after four weeks, and never uses the day itself', () => {
  const calendar = new Calendar()
  calendar.keep({ day: MONDAY, slot: NOON }, cell(10))
  expect(calendar.usualAt({ day: MONDAY, slot: NOON })).toBeNull()
  expect(calendar.usualAt({ day: MONDAY + 27, slot: NOON })).toMatchObject({ level: 10, days: 0 })
  expect(calendar.usualAt({ day: MONDAY + 28, slot: NOON })).toBeNull()
})

it('widens by the ramp through a half hour', () => {
  const calendar = new Calendar()
  for (const [index, level] of [0, 40, 80].entries())
    for (const day of [0, 1]) calendar.keep({ day: MONDAY + day, slot: NOON - 1 + index }, cell(level))
  expect(calendar.usualAt({ day: MONDAY + 2, slot: NOON })).toMatchObject({ level: 40, spread: 20 })
})
