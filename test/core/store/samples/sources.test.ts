// Forgetting a source: all of it goes and nothing else, whenever the program dies.
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../../../shared/domain/time.ts'
import type { NewSample, StoredSample } from '../../../../electron/core/store/types/samples.ts'
import type { SourceSelector } from '../../../../electron/core/store/types/sources.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { append, appendTo, newEvent, newRule, newSample, compactAll, raiseOn, T0, downsampleAll } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

const SOURCES = ['bad', 'web-1', 'web-2']

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const step = (some: Store) => some.transaction(() => some.sources.deleteSome(() => {}))
const finish = (some: Store) => {
  while (step(some));
}
const markForDeletion = (some: Store, named: SourceSelector) =>
  some.transaction(() => some.sources.markForDeletion(named))

/** All that the store returns of a source. */
const storedOf = (some: Store, source: string) => {
  const series = some.series
    .ofSource(source)
    .map(({ id }) => id)
    .toSorted((a, b) => a - b)
  return {
    size: some.sources.get(source),
    samples: some.samples.newest(series, 0, T0 + 999 * DAY, 1e6),
    recent: series.map((id) => some.samples.recent(id, 1e6)),
    points: series.flatMap((id) => some.samples.range(id, 0, T0 + 999 * DAY, 50)),
    states: series.map((id) => some.states.load(1, id)?.state),
  }
}
/** Milliseconds of this thread's own work, whatever else the machine does. */
const workedFor = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
const NOTHING = { size: undefined, samples: [], recent: [], points: [], states: [] }
const snapshots = (some: Store) => some.summary(0, 'UTC').metric_snapshots

test('a source goes whole and the others stay as they are, whatever is done between the steps', async () => {
  const named = fc.constantFrom<SourceSelector>(...SOURCES, { glob: 'WEB-?' }, { glob: '*-2' })
  const names = (named: SourceSelector, source: string) =>
    typeof named === 'string'
      ? named === source
      : source.endsWith('-2') || (named.glob === 'WEB-?' && source === 'web-1')
  const anyStep = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('append' as const), size: fc.nat(9), fails: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('compact' as const), steps: fc.nat(4), behind: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), named }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('step' as const) }) },
    fc.record({ kind: fc.constant('restart' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 16 }), fc.infiniteStream(fc.nat(99)), async (steps, random) => {
      const fresh = temporaryStore()
      let { store } = fresh
      store.rules.insert(newRule(), T0)
      let all: StoredSample[] = []
      const draw = () => random.next().value
      let clock = 0
      const sample = (source: string): NewSample =>
        newSample({
          source,
          metricType: draw() < 50 ? 'CPU' : 'disk',
          time: T0 + (draw() < 80 ? ++clock : draw()) * 1000,
          value: draw() / 10,
          drill: draw() < 10,
        })
      const check = () => {
        const going = SOURCES.filter(store.sources.isPendingDeletion)
        for (const source of SOURCES.filter((each) => !going.includes(each))) {
          const own = all.filter((each) => each.source === source)
          const ids = storedOf(store, source).samples.map(({ id }) => id)
          expect(ids.toSorted((a, b) => a - b)).toEqual(own.map(({ id }) => id))
          expect(store.sources.get(source)?.samples ?? 0).toBe(own.length)
          for (const [id, ofSeries] of Map.groupBy(own, ({ seriesId }) => seriesId))
            expect(store.samples.recent(id, 999)).toEqual(ofSeries.filter(({ late }) => !late))
        }
        if (going.length === 0) expect(snapshots(store)).toBe(all.length)
      }
      try {
        for (const step of steps) {
          const going = SOURCES.filter(store.sources.isPendingDeletion)
          if (step.kind === 'restart') store = fresh.reopen()
          if (step.kind === 'compact')
            for (let i = 0; i < step.steps; i++) store.samples.compact(store.samples.newestId() - step.behind)
          if (step.kind === 'delete') {
            const { sources, samples } = store.sources.matching(
              typeof step.named === 'string' ? step.named : step.named.glob,
            )
            markForDeletion(store, step.named)
            const goes = all.filter((each) => names(step.named, each.source))
            if (!going.some((each) => names(step.named, each)))
              expect({ sources, samples }).toEqual({
                sources: new Set(goes.map((each) => each.source)).size,
                samples: goes.length,
              })
            expect(SOURCES.filter(store.sources.isPendingDeletion)).toEqual(
              SOURCES.filter((each) => going.includes(each) || names(step.named, each)),
            )
            all = all.filter((each) => !names(step.named, each.source))
          }
          if (step.kind === 'step') store.transaction(() => store.sources.deleteSome(() => {}))
          if (step.kind === 'append') {
            const open = SOURCES.filter((each) => !going.includes(each))
            const samples =
              open.length === 0 ? [] : Array.from({ length: step.size }, () => sample(open[draw() % open.length]!))
            await store
              .commit(() => {
                const stored = append(store, samples)
                for (const each of stored.filter(({ drill, id }) => !drill && id % 3 === 0)) {
                  store.events.insert(newEvent(each, { status: 'RESOLVED' }))
                  const saved = { ruleId: 1, seriesId: each.seriesId, revision: 1, lastSampleId: each.id, state: {} }
                  store.states.save([saved])
                }
                if (step.fails) throw new Error('no')
                return stored
              })
              .then(
                (stored) => all.push(...stored),
                () => {},
              )
          }
          check()
        }
        finish(store)
        check()
        store = fresh.reopen()
        check()
      } finally {
        fresh.remove()
      }
    }),
    { numRuns: 80 },
  )
})

test('many series go in short steps, and a kill after any of them leaves nothing behind', () => {
  const many = (source: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      source,
      metricType: `m${i % (count / 3)}`,
      time: T0 + i * 1000,
      value: i,
    }))
  appendTo(store, ...many('bad', 4500), ...many('web-1', 30))
  compactAll(store)
  appendTo(store, ...many('bad', 4500).map((each) => ({ ...each, time: each.time + DAY })), ...many('web-1', 30))
  const [last] = appendTo(store, { source: 'bad', metricType: 'm1', time: T0 + 2 * DAY })
  store.events.insert(newEvent(last!, { status: 'RESOLVED' }))
  const others = storedOf(store, 'web-1')
  expect(store.sources.get('bad')).toEqual({ series: 1500, samples: 9001 })
  const gone: number[] = []
  markForDeletion(store, 'bad')
  let steps = 0
  let longest = 0
  for (let more = true; more; steps++) {
    const begun = workedFor()
    more = store.transaction(() => store.sources.deleteSome((id) => gone.push(id)))
    longest = Math.max(longest, workedFor() - begun)
    // The first, the second, the fourth, and so on.
    if (more && Math.log2(steps + 1) % 1 > 0) continue
    temporary.afterAKill((revived) => {
      expect(revived.sources.isPendingDeletion('bad')).toBe(more)
      finish(revived)
      expect(storedOf(revived, 'bad')).toMatchObject({ size: undefined, samples: [], recent: [[]], points: [] })
      expect(storedOf(revived, 'web-1')).toEqual(others)
      expect(revived.samples.sizes().series).toBe(10)
      expect(snapshots(revived)).toBe(60)
    })
  }
  expect(steps).toBeGreaterThan(3)
  expect(longest).toBeLessThan(100)
  expect(new Set(gone).size).toBe(1500)
  expect(storedOf(store, 'web-1')).toEqual(others)
  // The series with the event is there for it, and takes no room.
  expect(store.events.list({ since: 0, limit: 9, offset: 0 })).toMatchObject([{ source: 'bad', metric_type: 'm1' }])
  expect(store.samples.sizes().series).toBe(10)
})

test('ten thousand sources that a glob matches go in short steps, and none beside them', () => {
  const made = Array.from({ length: 10_000 }, (_, i) => ({ source: `Bad-${i}`, metricType: 'CPU', value: i }))
  appendTo(store, ...made, { source: 'not-bad-1' }, { source: 'bad', drill: true })
  compactAll(store)
  appendTo(store, ...made.slice(0, 5000))
  const [last] = appendTo(store, { source: 'Bad-7', metricType: 'CPU' })
  store.events.insert(newEvent(last!, {}))
  expect(store.sources.matching('bad-*')).toEqual({ sources: 10_000, series: 10_000, samples: 15_001, liveEvents: 1 })
  markForDeletion(store, { glob: 'bad-*' })
  let longest = 0
  let steps = 0
  for (let more = true; more; steps++) {
    // What this thread worked, since a busy machine may let it wait.
    const begun = process.threadCpuUsage()
    more = step(store)
    const { user, system } = process.threadCpuUsage(begun)
    longest = Math.max(longest, (user + system) / 1000)
    if (steps === 5)
      temporary.afterAKill((revived) => {
        expect(revived.sources.isPendingDeletion('BAD-77')).toBe(true)
        expect(revived.sources.isPendingDeletion('not-bad-1')).toBe(false)
        finish(revived)
        expect(revived.series.list({ limit: 9, offset: 0 })).toMatchObject([{ source: 'not-bad-1' }])
        expect(revived.sources.get('bad')).toEqual({ series: 1, samples: 1 })
      })
  }
  expect(steps).toBeGreaterThan(20)
  expect(longest).toBeLessThan(100)
  expect(store.sources.matching('*')).toMatchObject({ sources: 2, series: 2, samples: 2 })
  expect(snapshots(store)).toBe(2)
})

test('later samples start from scratch, also with earlier times', () => {
  raiseOn(store, { source: 'bad', time: T0 + DAY, unit: 'ms' }, { status: 'RESOLVED' })
  store.rules.insert(newRule(), T0)
  store.states.save([{ ruleId: 1, seriesId: 1, revision: 1, lastSampleId: 1, state: { mean: 9 } }])
  markForDeletion(store, 'bad')
  finish(store)
  expect(storedOf(store, 'bad')).toEqual({ ...NOTHING, recent: [[]], states: [undefined] })
  expect(store.series.list({ limit: 9, offset: 0 })).toEqual([])
  expect(store.series.all()).toEqual([])
  for (const reopened of [false, true]) {
    const some = reopened ? temporary.reopen() : store
    const [fresh] = appendTo(some, { source: 'bad', time: T0, value: 3 })
    expect(fresh).toMatchObject({ seriesId: 1, late: false, unit: null })
    expect(some.series.list({ limit: 9, offset: 0 })).toMatchObject([{ source: 'bad', last_value: 3, unit: null }])
    expect(some.events.list({ since: 0, limit: 9, offset: 0 })).toHaveLength(1)
    markForDeletion(some, 'bad')
    finish(some)
  }
})

test('old sums go too, and only a source of exactly this name', () => {
  for (const source of ['bad', 'Bad', 'bad ']) appendTo(store, { source, time: T0 }, { source, time: T0, drill: true })
  compactAll(store)
  downsampleAll(store, { samplesFrom: T0 + DAY, minutesFrom: T0 + DAY })
  markForDeletion(store, 'bad')
  finish(store)
  expect(store.sources.get('bad')).toBeUndefined()
  expect(store.series.ofSource('bad')).toEqual([])
  for (const source of ['Bad', 'bad ']) expect(store.sources.get(source)).toEqual({ series: 2, samples: 2 })
})

test('a step that fails is undone whole and can be tried again', () => {
  appendTo(store, ...Array.from({ length: 9 }, (_, i) => ({ source: 'bad', time: T0 + i, metricType: `m${i % 2}` })))
  store.samples.compact(4)
  const stored = storedOf(store, 'bad')
  const outside = new Sqlite(temporary.file)
  outside.exec("CREATE TRIGGER doom BEFORE DELETE ON series BEGIN SELECT RAISE(ABORT, 'disk full'); END")
  markForDeletion(store, 'bad')
  expect(() => finish(store)).toThrow('disk full')
  expect(storedOf(store, 'bad')).toEqual(stored)
  outside.exec('DROP TRIGGER doom')
  outside.close()
  finish(store)
  expect(storedOf(store, 'bad')).toEqual(NOTHING)
  expect(snapshots(store)).toBe(0)
  expect(storedOf(temporary.reopen(), 'bad')).toEqual(NOTHING)
})

test('those that only events refer to take no room', () => {
  raiseOn(store, { source: 'bad', metricType: 'm0' })
  appendTo(store, { source: 'bad', metricType: 'm1' })
  const limits = { max_series: 2, max_series_per_source: 2 }
  const wanted = ['m0', 'm2'].map((metricType) => newSample({ source: 'bad', metricType }))
  expect(store.series.exceeded(wanted, limits)).toMatchObject({ index: 1 })
  markForDeletion(store, 'bad')
  finish(store)
  for (const reopened of [false, true]) {
    const some = reopened ? temporary.reopen() : store
    expect(some.series.exceeded(wanted, limits)).toBeUndefined()
    expect(some.series.exceeded([...wanted, newSample({ source: 'bad' })], limits)).toMatchObject({ index: 2 })
  }
})
