import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { appendTo, newRule, T0, removeBefore } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
  store.rules.insert(newRule(), T0)
  appendTo(store, {}, { source: 'b' })
})
afterEach(() => temporary.remove())

const saved = (seriesId: number, state: unknown, given = {}) => ({
  ruleId: 1,
  seriesId,
  revision: 1,
  lastSampleId: 1,
  state,
  ...given,
})

test('a state is read back to the last bit', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
  const anyState = fc.record({ version: fc.nat(), mean: number, window: fc.array(fc.tuple(fc.nat(), number)) })
  fc.assert(
    fc.property(anyState, (state) => {
      store.states.save([saved(1, state)])
      expect(store.states.load(1, 1)).toEqual(saved(1, state))
    }),
    { numRuns: 50 },
  )
})

test('the newest state of each rule and series is kept, across a restart', () => {
  store.states.save([saved(1, { n: 1 }), saved(2, { n: 2 }), saved(1, { n: 3 }, { lastSampleId: 5 })])
  store = temporary.reopen()
  expect(store.states.load(1, 1)).toEqual(saved(1, { n: 3 }, { lastSampleId: 5 }))
  expect(store.states.load(1, 2)).toEqual(saved(2, { n: 2 }))
  expect(store.states.load(1, 3)).toBeUndefined()
  expect(store.states.load(2, 1)).toBeUndefined()
})

test('a state whose rule or series has gone is let go of, and the others are saved', () => {
  store.states.save([saved(1, 'gone', { ruleId: 9 }), saved(9, 'gone'), saved(1, 'kept')])
  expect(store.states.load(9, 1)).toBeUndefined()
  expect(store.states.load(1, 9)).toBeUndefined()
  expect(store.states.load(1, 1)).toEqual(saved(1, 'kept'))
})

test('a state of another revision of its rule does not replace the one that counts', () => {
  store.rules.update(1, { z_threshold: 4 }, T0)
  const counts = saved(1, 'new', { revision: 2 })
  store.states.save([counts, saved(1, 'old')])
  expect(store.states.load(1, 1)).toEqual(counts)
})

test('a state goes with its series', () => {
  store.states.save([saved(1, 'gone')])
  removeBefore(store, T0 + 1)
  expect(store.states.load(1, 1)).toBeUndefined()
})

test('the mark of what is evaluated is 0 at first and outlives a restart', () => {
  expect(store.states.evaluatedUpTo()).toBe(0)
  store.states.setEvaluatedUpTo(41)
  store.states.setEvaluatedUpTo(Number.MAX_SAFE_INTEGER)
  expect(temporary.reopen().states.evaluatedUpTo()).toBe(Number.MAX_SAFE_INTEGER)
})

test('the mark moves with its transaction', () => {
  expect(() =>
    store.transaction(() => {
      store.states.setEvaluatedUpTo(5)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(store.states.evaluatedUpTo()).toBe(0)
})
