// On which side something is wrong.
import { expect, it } from 'vitest'
import { sideOf } from '../../shared/domain/side.ts'

const none = { lower: null, upper: null, figure: null }

it.each([
  ['the sign of the figure', { lower: 10, upper: 50, figure: 3 }, 60, 'above'],
  ['the sign of the figure', { lower: 10, upper: 50, figure: -3 }, 5, 'below'],
  ['the figure of an average, whatever this value is', { lower: 52, upper: 90, figure: 4 }, 51, 'above'],
  ['the bound, without a figure', { lower: 10, upper: 50, figure: null }, 5, 'below'],
  ['the bound, without a direction', { lower: 10, upper: 50, figure: 0 }, 60, 'above'],
  ['silence', { ...none, silence: 60_000 }, 5, 'silent'],
  ['a value that stays', { ...none, figure: 2, stuck: true }, 5, 'stuck'],
  ['nothing that is known', none, 5, 'above'],
] as const)('by %s: %j with %d is %s', (_, verdict, value, side) => {
  expect(sideOf(verdict, value)).toBe(side)
})
