// The newest samples if a series has several blocks, which hold a thousand each.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewSample, StoredSample } from '../../../../electron/core/store/types/samples.ts'
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

const many = (count: number, sampleOf: (index: number) => Partial<NewSample>) =>
  Array.from({ length: count }, (_, i) => sampleOf(i))

const idsOf = (stored: readonly StoredSample[]) =>
  stored.toSorted((one, other) => other.time - one.time || other.id - one.id).map(({ id }) => id)

describe.each([
  ['real', false],
  ['of a drill', true],
])('samples that are %s', (_, drill) => {
  test.each([
    [0, 9999, 10],
    [0, 9999, 1000],
    [0, 9999, 9999],
    [700, 1900, 1000],
    [700, 1900, 9999],
    [2450, 2600, 120],
    [4000, 5000, 10],
  ])('from %i to %i, the newest %i: in the head, compacted, and some of them late', (from, to, limit) => {
    // In one of a hundred, time goes back by a long way.
    const sampleOf = (i: number) => ({ time: T0 + (i % 100 === 0 ? i >> 1 : i), drill })
    const stored = appendTo(store, ...many(2500, sampleOf))
    compactAll(store)
    stored.push(...appendTo(store, ...many(500, (i) => sampleOf(2500 + i))))
    const inSpan = stored.filter(({ time }) => time >= T0 + from && time <= T0 + to)
    const found = store.samples.newest([1], T0 + from, T0 + to, limit)
    expect(found.map(({ id }) => id)).toEqual(idsOf(inSpan).slice(0, limit))
  })
})

test('of blocks that end at the same time, the newest comes first', () => {
  const stored = appendTo(store, ...many(2500, () => ({})))
  compactAll(store)
  expect(store.samples.newest([1], T0, T0, 10).map(({ id }) => id)).toEqual(idsOf(stored).slice(0, 10))
})
