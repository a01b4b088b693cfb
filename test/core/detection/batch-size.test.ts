// The size of a batch follows from how long the last one took, within its bounds.
import { expect, it } from 'vitest'
import { nextBatchSize } from '../../../electron/core/detection/batch-size.ts'

it.each([
  ['fits the time of a batch', { last: 1000, evaluated: 1000, took: 16 }, 500],
  ['at most doubles', { last: 1000, evaluated: 1000, took: 1 }, 2000],
  ['doubles after a fast batch that was cut short', { last: 1000, evaluated: 10, took: 0.001 }, 2000],
  ['stays above the minimum', { last: 256, evaluated: 256, took: 1000 }, 256],
  ['stays below the maximum', { last: 8192, evaluated: 8192, took: 1 }, 8192],
])('the next batch %s', (_, { last, evaluated, took }, size) => {
  expect(nextBatchSize(last, evaluated, took)).toBe(size)
})
