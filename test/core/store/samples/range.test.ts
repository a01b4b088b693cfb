// How fine a long history is.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOUR } from '../../../../shared/domain/time.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { appendTo, compactAll, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

test.each([
  [200, 'each sample has its own point', 1],
  [201, 'slices are as wide as a block, since too many would have to be opened', 2],
])('with %i wide blocks, %s', (blocks, _, perPoint) => {
  // No block covers more than a day, so that each holds two of these.
  const samples = Array.from({ length: 2 * blocks }, (__, i) => ({
    time: T0 + i * 20 * HOUR,
    value: (i * 7919) % 1000,
  }))
  appendTo(store, ...samples)
  compactAll(store)
  expect(store.samples.sizes().blocks).toBe(blocks)
  const found = store.samples.range(1, T0, samples.at(-1)!.time, 2000)
  const expected = Array.from({ length: samples.length / perPoint }, (__, i) => {
    const own = samples.slice(i * perPoint, (i + 1) * perPoint)
    const values = own.map(({ value }) => value)
    return {
      from: own[0]!.time,
      to: own.at(-1)!.time,
      count: perPoint,
      min: Math.min(...values),
      max: Math.max(...values),
      mean: values.reduce((sum, value) => sum + value, 0) / perPoint,
    }
  })
  expect(found).toEqual(expected)
})
