import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Queue } from '../../../electron/core/engine/queue.ts'
import type { StoredSample } from '../../../electron/core/store/store.ts'

/** Positive: a commit of so many samples; negative: so many are taken. */
const moves = fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 400 })

it('gives every sample once, in order, however commits and takings alternate', () => {
  fc.assert(
    fc.property(moves, fc.boolean(), (course, many) => {
      const queue = new Queue()
      const model: number[] = []
      let id = 0
      for (const move of [...(many ? Array<number>(2500).fill(1) : []), ...course, -10_000]) {
        const added = Array.from({ length: Math.max(0, move) }, () => ({ id: ++id }) as StoredSample)
        queue.add(added)
        model.push(...added.map((sample) => sample.id))
        const taken = Array.from({ length: Math.max(0, -move) }, () => queue.take()?.id)
        expect(taken.filter((id) => id !== undefined)).toEqual(model.splice(0, taken.length))
        expect(queue.length).toBe(model.length)
      }
    }),
    { numRuns: 50 },
  )
})

it('is empty after it was cleared', () => {
  const queue = new Queue()
  queue.add([{ id: 1 }, { id: 2 }] as StoredSample[])
  queue.take()
  queue.clear()
  queue.add([{ id: 3 }] as StoredSample[])
  expect([queue.take()?.id, queue.take()]).toEqual([3, undefined])
})
