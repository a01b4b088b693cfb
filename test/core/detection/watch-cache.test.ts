// What is remembered of series, for how long, and what of it is on disk.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createActiveRules } from '../../../electron/core/detection/active-rules.ts'
import { createWatchCache } from '../../../electron/core/detection/watch-cache.ts'
import type { Transition } from '../../../electron/core/events/transition.ts'
import type { NewSample, StoredSample } from '../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'
import { randomFrom } from '../../support/random.ts'
import { append as appendIn } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { makeRule, NOON, sample } from './test-pipeline.ts'

let temporary: TemporaryStore
beforeEach(() => void (temporary = temporaryStore()))
afterEach(() => temporary.remove())

/** Stores samples and evaluates them in batches, moving the watermark as the engine does. */
function startWatching(store: Store, maxSeries: number) {
  const activeRules = createActiveRules(store.rules)
  const watchCache = createWatchCache({ ...store, activeRules, maxSeries })
  const flagged: string[] = []
  const note = ({ rule, sample: { id }, ...transition }: Transition) =>
    flagged.push(JSON.stringify([rule.name, id, transition]))
  const evaluate = (samples: readonly StoredSample[]) => {
    const [from, to] = [samples[0]!.id, samples.at(-1)!.id]
    const found: Transition[] = []
    const grouped = store.samples.groupBySeries(from, to)
    for (const run of grouped.runs) watchCache.evaluate(grouped, run, to, (each) => found.push(each))
    for (const each of found.toSorted((one, other) => one.sample.id - other.sample.id)) note(each)
    store.states.save(watchCache.takeOpened())
    store.states.save(watchCache.takeDue())
    store.states.setEvaluatedUpTo(to)
  }
  const append = (samples: readonly NewSample[]) => store.transaction(() => appendIn(store, samples))
  return {
    watchCache,
    activeRules,
    flagged,
    play(samples: readonly NewSample[]) {
      const stored = append(samples)
      store.transaction(() => evaluate(stored))
    },
    /** The first evaluation of these samples is rolled back, as a full disk would do it. */
    playTwice(samples: readonly NewSample[]) {
      const stored = append(samples)
      const before = flagged.length
      const fail = () => {
        evaluate(stored)
        throw new Error('disk full')
      }
      expect(() => store.transaction(fail)).toThrow('disk full')
      flagged.length = before
      watchCache.reset()
      store.transaction(() => evaluate(stored))
    },
  }
}

const noisy = (seed: number, count: number, series: number) => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, index) =>
    sample({
      source: `web-${Math.floor(random() * series)}`,
      value: 40 + random() * 6 + (random() < 0.05 ? 30 : 0),
      time: NOON + index * 1000,
    }),
  )
}

const RULES = [
  { name: 'z', method: 'ZSCORE', params: { window: 20 } },
  { name: 'quartiles', method: 'IQR', min_samples: 12, params: { window: 15 } },
  { name: 'limit', threshold: 65 },
]

type Step =
  | { kind: 'post' | 'fail'; count: number }
  | { kind: 'restart' | 'save' | 'reset' }
  | { kind: 'change'; z: number }

const count = fc.integer({ min: 1, max: 60 })

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('post' as const), count }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), count }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'save' as const, 'reset' as const) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('change' as const), z: fc.integer({ min: 2, max: 4 }) }) },
  ),
  { minLength: 5, maxLength: 25 },
)

/** Every verdict that flagged, with its run, in order. */
function flaggedBy(maxSeries: number, seed: number, sequence: readonly Step[]): string[] {
  const folder = temporaryStore()
  for (const rule of RULES) makeRule(folder.store, rule)
  const samples = noisy(seed, 1500, 5)
  let watching = startWatching(folder.store, maxSeries)
  const flagged: string[] = []
  let next = 0
  for (const step of [...sequence, { kind: 'post' as const, count: 300 }]) {
    if (step.kind === 'post') watching.play(samples.slice(next, (next += step.count)))
    else if (step.kind === 'fail') watching.playTwice(samples.slice(next, (next += step.count)))
    else if (step.kind === 'save')
      folder.store.transaction(() => folder.store.states.save(watching.watchCache.nextBehind()))
    else if (step.kind === 'reset') watching.watchCache.reset()
    else if (step.kind === 'change') {
      folder.store.rules.update(1, { z_threshold: step.z }, NOON)
      watching.activeRules.reload()
    } else {
      flagged.push(...watching.flagged)
      watching = startWatching(folder.reopen(), maxSeries)
    }
    expect(watching.watchCache.size()).toBeLessThanOrEqual(maxSeries)
  }
  folder.remove()
  return [...flagged, ...watching.flagged]
}

describe('series beyond those that fit', () => {
  it('leave memory and come back with the same verdicts, through restarts, failures and changed rules', () => {
    fc.assert(
      fc.property(fc.integer(), steps, (seed, sequence) => {
        const expected = flaggedBy(1000, seed, sequence)
        expect(expected.length).toBeGreaterThan(3)
        expect(flaggedBy(2, seed, sequence)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('are not those that are used again and again', () => {
    makeRule(temporary.store, RULES[0]!)
    const { store } = temporary
    const { play, watchCache } = startWatching(store, 10)
    for (let index = 0; index < 100; index++) {
      play([sample({ source: 'busy', time: NOON + index })])
      play([sample({ source: `visitor ${index}`, time: NOON + index })])
    }
    expect(watchCache.size()).toBe(10)
    expect(store.states.load(1, 1)!.lastSampleId, 'nothing but its beginning is on disk: it never left').toBe(0)
  })

  it('leave with all that they learned on disk', () => {
    makeRule(temporary.store, RULES[0]!)
    const { store } = temporary
    const { play } = startWatching(store, 1)
    for (const [index, source] of ['a', 'a', 'a', 'b'].entries()) play([sample({ source, time: NOON + index })])
    expect(store.states.load(1, 1)!.lastSampleId).toBe(3)
  })
})

describe('a state', () => {
  const behind = (store: Store) => store.samples.newestId() - store.states.load(1, 1)!.lastSampleId

  it('is written with the first evaluation, and then whenever thousands of samples are not in it', () => {
    makeRule(temporary.store, RULES[0]!)
    const { store } = temporary
    const { play } = startWatching(store, 10)
    const samples = noisy(1, 9050, 1)
    for (let from = 0; from < samples.length; from += 100) {
      play(samples.slice(from, from + 100))
      expect(behind(store)).toBeLessThan(4100)
    }
    expect(behind(store)).toBeGreaterThan(0)
  })

  it('is written in turn for series after series', () => {
    makeRule(temporary.store, RULES[0]!)
    const { store } = temporary
    const { play, watchCache } = startWatching(store, 10)
    play(noisy(2, 100, 4))
    play(noisy(3, 100, 4).map((each, index) => ({ ...each, time: NOON + 1_000_000 + index })))
    const given = Array.from({ length: 10 }, () => watchCache.nextBehind())
    expect(given.filter(({ length }) => length > 0)).toHaveLength(4)
    expect(new Set(given.flat().map(({ seriesId }) => seriesId)).size).toBe(4)
  })

  it('of a new series takes a line, and its history is read once, however many rules watch it', () => {
    for (const method of ['ZSCORE', 'IQR', 'ADAPTIVE', 'SEASONAL', 'MAD'])
      makeRule(temporary.store, { name: method, method })
    const { store } = temporary
    const { play } = startWatching(store, 10)
    const recent = vi.spyOn(store.samples, 'recent')
    play([sample({ source: 'new', time: NOON })])
    expect(recent).toHaveBeenCalledOnce()
    for (const rule of store.rules.all())
      expect(JSON.stringify(store.states.load(rule.id, 1)!.state).length).toBeLessThan(100)
  })

  it('of a rule that is new to a series is the same alone and beside rules that need more history', () => {
    const statesWith = (windows: readonly number[]) => {
      const folder = temporaryStore()
      const { store } = folder
      startWatching(store, 10).play(noisy(5, 400, 1))
      for (const window of windows) makeRule(store, { name: `of ${window}`, method: 'ZSCORE', params: { window } })
      startWatching(store, 10).play([sample({ source: 'web-0', time: NOON + 1_000_000 })])
      const states = store.rules.all().map(({ id }) => store.states.load(id, 1)!.state)
      folder.remove()
      return states
    }
    expect(statesWith([15, 300, 20])).toEqual([15, 300, 20].flatMap((window) => statesWith([window])))
  })

  it('of a former revision of the rule is not written over the new one', () => {
    const rule = makeRule(temporary.store, RULES[0]!)
    const { store } = temporary
    const { play, activeRules } = startWatching(store, 10)
    const samples = noisy(4, 4300, 1)
    play(samples.slice(0, 10))
    store.rules.update(rule.id, { z_threshold: 4 }, NOON)
    activeRules.reload()
    play(samples.slice(10))
    expect(store.states.load(rule.id, 1)).toMatchObject({ revision: 2, lastSampleId: 4300 })
  })
})
