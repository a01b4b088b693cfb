import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTimestamp } from '../../../electron/core/platform/timestamps.ts'
import { instantIn } from '../../../shared/schemas/input.ts'

const FIRST = Date.parse('0000-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

test('reads every instant as Date does, with and without milliseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST, max: LAST }), (time) => {
      const text = new Date(time).toISOString()
      expect(parseTimestamp(text)).toBe(time)
      expect(parseTimestamp(text.replace(/\.\d+/, ''))).toBe(Math.floor(time / 1000) * 1000)
    }),
  )
  for (const time of [FIRST, LAST, -1, 0, Date.UTC(2000, 1, 29), Date.UTC(2024, 1, 29), Date.UTC(2100, 2, 1)])
    expect(parseTimestamp(new Date(time).toISOString())).toBe(time)
})

test('reads nothing that the schema refuses', () => {
  const characters = fc.constantFrom(...Array.from('0123456789-:.TZtz+ /x'))
  const changed = fc
    .tuple(fc.integer({ min: FIRST, max: LAST }), fc.boolean(), fc.nat(23), characters)
    .map(([time, whole, at, character]) => {
      const text = new Date(time).toISOString().replace(/\.\d+/, (fraction) => (whole ? '' : fraction))
      return text.slice(0, at) + character + text.slice(at + 1)
    })
  fc.assert(
    fc.property(changed, (text) => {
      const accepted = instantIn.safeParse(text).success
      expect([undefined, accepted ? Date.parse(text) : undefined]).toContain(parseTimestamp(text))
    }),
    { numRuns: 3000 },
  )
})

test.each([
  '2026-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:60Z',
  '2026-01-01T00:00:00.12Z',
  '2026-01-01T00:00:00+01:00',
  '',
])('leaves %s to others', (text) => expect(parseTimestamp(text)).toBeUndefined())
