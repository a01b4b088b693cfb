import { describe, expect, it } from 'vitest'
import {
  formatAge,
  formatClock,
  formatDuration,
  formatInstant,
  formatNumber,
  formatValue,
} from '../../shared/domain/format.ts'

const spaced = (text: string) => text.replace(/\u00a0/g, ' ')

describe('formatValue', () => {
  it.each([
    [97.34, '%', '97.34 %'],
    [100, '%', '100 %'],
    [0, '%', '0 %'],
    [999, 'B/s', '999 B/s'],
    [1000, 'B/s', '1 kB/s'],
    [1_240_000, 'B/s', '1.24 MB/s'],
    [-1_240_000, 'B/s', '-1.24 MB/s'],
    [0, 'B/s', '0 B/s'],
    [1024, 'B', '1 KiB'],
    [3.5 * 1024 ** 3, 'bytes', '3.5 GiB'],
    [420, 'ms', '420 ms'],
    [1000, 'ms', '1 s'],
    [0.25, 'ms', '250 µs'],
    [0, 'ms', '0 ms'],
    [90, 's', '1.5 min'],
    [2_400_000_000, 'Hz', '2.4 GHz'],
    [1234.5, 'req/s', '1,235 req/s'],
    [12, '', '12'],
    [12.5, null, '12.5'],
  ])('writes %s %s as %s', (value, unit, text) => {
    expect(spaced(formatValue(value, unit))).toBe(text)
  })

  it('goes on beyond its largest step', () => {
    expect(spaced(formatValue(5e18, 'B/s'))).toBe('5M TB/s')
  })

  it('writes as the locale does', () => {
    expect(spaced(formatValue(1234.5, 'req/s', 'de'))).toBe('1.235 req/s')
  })
})

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [1.234, '1.23'],
    [123.45, '123.5'],
    [1234.5, '1,235'],
    [1_234_567, '1.23M'],
    [0.012_345, '0.0123'],
    [0.000_000_12, '1.2E-7'],
    [1e18, '1E18'],
    [-0.5, '-0.5'],
  ])('writes %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})

describe('times', () => {
  const minute = 60_000

  it.each([
    [-5000, 'now'],
    [4999, 'now'],
    [12_000, '12 sec ago'],
    [3 * minute, '3 min ago'],
    [125 * minute, '2 hr ago'],
    [49 * 60 * minute, '2 days ago'],
  ])('an age of %s ms is %s', (age, text) => {
    expect(formatAge(age, 'en-GB')).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [45_000, '45 s'],
    [13 * minute + 20_000, '13 min'],
    [125 * minute, '2 h 5 min'],
    [120 * minute, '2 h'],
    [76 * 60 * minute, '3 d 4 h'],
  ])('%s ms last %s', (length, text) => {
    expect(spaced(formatDuration(length))).toBe(text)
  })

  it('writes moments in the zone that is asked for', () => {
    expect(formatInstant('2026-05-29T16:18:52Z', 'en-GB', 'Europe/Berlin')).toBe('29 May 2026, 18:18:52')
    expect(formatClock('2026-05-29T23:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('01:30:00')
  })
})
