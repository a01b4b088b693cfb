// The texts that the program makes: rounded for a reader, one unit per sentence.
import { expect, it } from 'vitest'
import { textsFor } from '../../shared/texts/texts.ts'

const texts = textsFor('en')
const latency = { source: 'web-1', metricType: 'LATENCY', unit: 'ms', drill: false }

it.each([
  [{ side: 'above', byThreshold: false, drill: false }, 'LATENCY on web-1 is above normal'],
  [{ side: 'below', byThreshold: true, drill: false }, 'LATENCY on web-1 is below its threshold'],
  [{ side: 'stuck', byThreshold: false, drill: false }, 'LATENCY on web-1 is stuck'],
  [{ side: 'silent', byThreshold: false, drill: true }, 'Drill: LATENCY on web-1 has no data'],
] as const)('the title of %j', (facts, title) => {
  expect(texts.eventTitle({ source: 'web-1', metricType: 'LATENCY', ...facts })).toBe(title)
})

it('a sentence has one unit, that of its largest number', () => {
  const range = { ...latency, value: 2500, lower: 30.7, upper: 512.34, side: 'above' } as const
  expect(texts.rangeLeft(range)).toBe('LATENCY on web-1 was 2.5 s, above the normal range of 0.0307 to 0.512 s.')
  const series = [{ metricType: 'IO', unit: 'B/s', before: 500_000, value: 88_000_000 }]
  expect(texts.otherSeries({ source: 'web-1', series })).toBe(
    'Other unusual series on web-1: IO rose from 0.5 to 88 MB/s.',
  )
})

it('a text is the same from facts that were stored as JSON', () => {
  const facts = { ...latency, value: 99.5, lower: -3, upper: 20, side: 'above' } as const
  expect(texts.rangeLeft(JSON.parse(JSON.stringify(facts)))).toBe(texts.rangeLeft(facts))
})

it('a level that never scattered has no margin', () => {
  const flat = { mean: 0.5, samples: 12, level: 0, margin: Number.MIN_VALUE }
  expect(texts.level(flat)).toBe('The average of the last 12 samples, 0.5, is 0.5 above normal (0 ± 0)')
  expect(texts.level({ ...flat, margin: 0.123 })).toContain('(0 ± 0.12)')
})
