// Samples with timestamps of a wrong clock are marked as late: nothing is lost, and what comes after is in order again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR } from '../../../../shared/domain/time.ts'
import { appendTo, newSample, compactAll, T0 } from '../examples.ts'
import { temporaryStore } from '../temporary-store.ts'

const SERIES = 1

/** What a store of one series should hold. */
interface Model {
  samples: { id: number; time: number; late: boolean; inHead: boolean }[]
  lastTime: number
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ append: fc.array(fc.integer({ min: -30, max: 60 }), { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ markLate: fc.integer({ min: -20, max: 70 }) }) },
  { weight: 2, arbitrary: fc.constant({ compact: true }) },
  { weight: 1, arbitrary: fc.constant({ reopen: true }) },
)

test('of any history, at any time', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 15 }), (steps) => {
      const temporary = temporaryStore()
      const model: Model = { samples: [], lastTime: -Infinity }
      try {
        for (const each of steps) {
          const { store } = temporary
          if ('append' in each) {
            for (const hours of each.append) {
              const time = T0 + hours * HOUR
              const { id } = appendTo(store, { time, value: hours })[0]!
              const late = time < model.lastTime
              model.samples.push({ id, time, late, inHead: true })
              if (!late) model.lastTime = time
            }
          } else if ('compact' in each) {
            compactAll(store)
            for (const sample of model.samples) sample.inHead = false
          } else if ('reopen' in each) temporary.reopen()
          else markLate(each.markLate)
          expectStored()
        }
      } finally {
        temporary.remove()
      }

      function markLate(hours: number) {
        const time = T0 + hours * HOUR
        const inHead = model.samples.filter((sample) => sample.inHead)
        const isToBe = model.samples.length > 0 && !inHead.some((sample) => !sample.late && sample.time > time)
        const { store } = temporary
        expect(store.transaction(() => store.samples.markFutureAsLate(SERIES, time))).toBe(isToBe)
        if (!isToBe) return
        const after = Math.max(time, ...inHead.map((sample) => sample.time))
        for (const sample of model.samples) sample.late ||= sample.time > after
        model.lastTime = Math.min(model.lastTime, after + 1)
      }

      function expectStored() {
        const { samples } = temporary.store
        const inOrder = model.samples.filter(({ late }) => !late).map(({ id }) => id)
        const all = model.samples.toSorted((one, other) => other.time - one.time || other.id - one.id)
        expect(samples.recent(SERIES, 1e6).map(({ id }) => id)).toEqual(inOrder)
        expect(samples.newest([SERIES], 0, T0 + 999 * HOUR, 1e6).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
      }
    }),
    { numRuns: 60 },
  )
})

test('goes with its transaction', () => {
  const temporary = temporaryStore()
  const { store } = temporary
  appendTo(store, { time: T0 }, { time: T0 + 9 * HOUR })
  compactAll(store)
  expect(() =>
    store.transaction(() => {
      store.samples.markFutureAsLate(SERIES, T0)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(appendTo(store, newSample({ time: T0 + HOUR }))).toMatchObject([{ late: true }])
  expect(store.samples.recent(SERIES, 9)).toHaveLength(2)
  temporary.remove()
})
