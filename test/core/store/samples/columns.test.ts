// The history of one series in columns, part by part, while samples go to blocks in between.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { appendTo, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

/** Three series in turn, some samples late and some at the same time. */
function fill(count: number, seed: number) {
  const samples = Array.from({ length: count }, (_, i) => ({
    source: `web-${i % 3}`,
    value: ((i + seed) * 7919) % 1000,
    time: T0 + Math.floor(i / 9) * 1000 - ((i + seed) % 11 === 0 ? 60_000 : 0),
  }))
  appendTo(store, ...samples)
}

const inTime = () =>
  store.samples.recent(1, Number.MAX_SAFE_INTEGER).map(({ id, time, value }) => ({ id, time, value }))

test('all parts together are all samples, whatever is compacted between two of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ most: fc.integer({ min: 1, max: 3000 }), compactedUpTo: fc.nat(30_000) }), { minLength: 1 }),
      fc.nat(10_000),
      fc.nat(10_000),
      (steps, begin, length) => {
        fill(9000, begin)
        const from = T0 + begin * 100
        const to = from + length * 100
        const found: { id: number; time: number; value: number }[] = []
        for (let i = 0; ; i++) {
          const { most, compactedUpTo } = steps[i % steps.length]!
          const { ids, times, values } = store.samples.columns(1, { afterId: found.at(-1)?.id ?? 0, from, to }, most)
          ids.forEach((id, index) => found.push({ id, time: times[index]!, value: values[index]! }))
          if (ids.length < most) break
          store.samples.compact(compactedUpTo)
        }
        expect(found).toEqual(inTime().filter(({ time }) => from <= time && time <= to))
      },
    ),
    { numRuns: 20 },
  )
})

test.each([0, 1, 700, 1e9])('before a span lie %i samples, or as many as there are', (lead) => {
  fill(9000, 3)
  while (store.samples.compact(4000));
  const all = inTime()
  const [from, to] = [T0 + 300_000, T0 + 700_000]
  const location = store.samples.locate(1, { from, to }, lead)
  const read = all.filter(({ time }) => location.from <= time && time <= to)
  const before = read.filter(({ time }) => time < from).length
  expect(before).toBeGreaterThanOrEqual(Math.min(lead, all.filter(({ time }) => time < from).length))
  // By the block.
  expect(before).toBeLessThan(lead + 1001)
  expect(Math.abs(location.samples - read.length)).toBeLessThan(1000)
})
