import { expect, test } from 'vitest'
import { describeParam } from '../../renderer/features/rules/methodParams.ts'

test.each([
  ['at_least_seconds', 300, 'at least 5\u00A0min'],
  ['min_change', 0.5, 'min change 0.5'],
  ['side', 'above', 'side above'],
  ['time_zone', 'Europe/Berlin', 'time zone Europe/Berlin'],
])('%s at %s is described as "%s"', (name, value, words) => {
  expect(describeParam(name, value)).toBe(words)
})
