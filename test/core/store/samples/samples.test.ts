import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewSample, StoredSample } from '../../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { append, appendTo, headSamplesOf, iso, newSample, compactAll, raiseOn, removeBefore, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

describe('what is appended', () => {
  const name = (...usual: string[]) => fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, fc.string())
  const anySample: fc.Arbitrary<NewSample> = fc.record({
    source: name('web-1', 'Web-1', 'Ärger/%_'),
    metricType: name('CPU', 'cpu', 'disk{mount="/"}'),
    value: fc.oneof({ weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) }, fc.constant(-0)),
    unit: fc.option(fc.string({ unit: 'grapheme' })),
    tags: fc.option(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()))),
    serverId: fc.option(fc.maxSafeInteger()),
    time: fc.integer({ min: T0, max: T0 + 20 }),
    drill: fc.boolean(),
  })
  const anyBatches = fc.array(fc.array(anySample, { maxLength: 12 }), { maxLength: 6 })

  /** The same by the definitions in store.ts, over a plain list. */
  function expectedOf(batches: NewSample[][], given: StoredSample[]): StoredSample[] {
    const newest = new Map<string, number>()
    const ids = new Map<string, number>()
    return batches.flat().map((sample, index) => {
      const key = JSON.stringify([sample.source, sample.metricType, sample.drill])
      const late = !sample.drill && sample.time < (newest.get(key) ?? 0)
      newest.set(key, Math.max(sample.time, newest.get(key) ?? 0))
      if (!ids.has(key)) ids.set(key, given[index]!.seriesId)
      return { ...sample, value: sample.value + 0, id: index + 1, seriesId: ids.get(key)!, late }
    })
  }

  function expectStored(store: Store, all: StoredSample[]) {
    const bySeries = Map.groupBy(all, ({ seriesId }) => seriesId)
    for (const [seriesId, ofSeries] of bySeries) {
      const inTime = ofSeries.filter(({ late }) => !late)
      expect(store.samples.recent(seriesId, 1000)).toEqual(inTime)
      expect(store.samples.recent(seriesId, 2)).toEqual(inTime.slice(-2))
    }
    const [from, to] = [T0 + 5, T0 + 15]
    const newestFirst = all
      .filter(({ time }) => time >= from && time <= to)
      .toSorted((a, b) => b.time - a.time || b.id - a.id)
    const ranged = (limit: number) => store.samples.newest([...bySeries.keys()], from, to, limit).map(({ id }) => id)
    expect(ranged(1000)).toEqual(newestFirst.map(({ id }) => id))
    expect(ranged(3)).toEqual(newestFirst.slice(0, 3).map(({ id }) => id))
    for (const listed of store.series.list({ limit: 1000, offset: 0 })) {
      const ofSeries = all.filter(
        (sample) => !sample.drill && sample.source === listed.source && sample.metricType === listed.metric_type,
      )
      const inTime = ofSeries.filter(({ late }) => !late)
      expect(listed).toEqual({
        source: ofSeries[0]!.source,
        metric_type: ofSeries[0]!.metricType,
        unit: inTime.findLast(({ unit }) => unit !== null)?.unit ?? null,
        last_value: inTime.at(-1)!.value,
        last_seen: iso(inTime.at(-1)!.time),
        count: ofSeries.length,
      })
    }
  }

  test('is read back to the last bit, in order, before and after a restart', () => {
    fc.assert(
      fc.property(anyBatches, (batches) => {
        const fresh = temporaryStore()
        try {
          const given = batches.flatMap((batch) => appendTo(fresh.store, ...batch))
          const expected = expectedOf(batches, given)
          expect(given).toEqual(expected)
          expectStored(fresh.store, expected)
          expect(headSamplesOf(fresh.store)).toEqual(expected.filter(({ drill }) => !drill))
          expectStored(fresh.reopen(), expected)
          expect(headSamplesOf(fresh.store)).toEqual(expected.filter(({ drill }) => !drill))
          compactAll(fresh.store)
          expectStored(fresh.store, expected)
          expectStored(fresh.reopen(), expected)
        } finally {
          fresh.remove()
        }
      }),
      { numRuns: 60 },
    )
  })

  test('has series of its own for each exact name, and for drills', () => {
    const stored = appendTo(store, {}, { source: 'WEB-1' }, { metricType: 'cpu' }, { drill: true }, {})
    expect(stored.map(({ seriesId }) => seriesId)).toEqual([1, 2, 3, 4, 1])
  })

  test('survives text that UTF-8 has no form for', () => {
    appendTo(store, { source: 'a\uD800', unit: '\uD800' }, { source: 'a\uD801' })
    const [sample] = appendTo(temporary.reopen(), { source: 'a\uD802' })
    expect(sample).toMatchObject({ source: 'a\uFFFD', seriesId: 1, late: false })
    expect(temporary.store.samples.recent(1, 9)).toHaveLength(3)
    expect(temporary.store.samples.recent(1, 9)[0]!.unit).toBe('\uFFFD')
    expect(temporary.store.series.find('a\uD803', 'CPU')).toMatchObject({ id: 1 })
  })

  test('is refused outside of a transaction', () => {
    expect(() => store.samples.append([newSample()])).toThrow('inside a transaction')
    expect(store.series.find('web-1', 'CPU')).toBeUndefined()
  })

  test('is announced to listeners after the commit, in one piece', async () => {
    const announced: [firstId: number, count: number][] = []
    store.onAppended((...announcement) => announced.push(announcement))
    store.transaction(() => {
      append(store, [newSample(), newSample({ time: T0 - 1 })])
      append(store, [newSample({ drill: true })])
      expect(announced).toEqual([])
    })
    expect(announced).toEqual([[1, 3]])
    let announcedWhenSettled = 0
    await store.commit(() => append(store, [newSample()])).then(() => (announcedWhenSettled = announced.length))
    expect(announcedWhenSettled).toBe(2)
  })
})

describe('late', () => {
  const lateness = (...times: number[]) => appendTo(store, ...times.map((time) => ({ time }))).map(({ late }) => late)

  test('is what is older than the newest of its series, within one call and across a restart; equal is not', () => {
    expect(lateness(T0, T0 + 2, T0 + 1, T0 + 2)).toEqual([false, false, true, false])
    store = temporary.reopen()
    expect(lateness(T0 + 1, T0 + 2)).toEqual([true, false])
  })

  test('still counts when the samples are gone, but an event keeps the series', () => {
    raiseOn(store)
    removeBefore(store, T0 + 1)
    expect(lateness(T0 - 1, T0)).toEqual([true, false])
  })

  test('is no word for a drill', () => {
    const drill = [T0, T0 - 60_000].map((time) => ({ time, drill: true }))
    expect(appendTo(store, ...drill).map(({ late }) => late)).toEqual([false, false])
    expect(store.samples.recent(1, 1)).toMatchObject([{ id: 2, time: T0 - 60_000 }])
  })
})

describe('recent', () => {
  test('keeps to its bounds, which may name samples of other series or none', () => {
    for (let i = 0; i < 10; i++) appendTo(store, { time: T0 + i }, { source: 'other', time: T0 - i })
    const ids = (limit: number, bounds?: { afterId?: number; beforeId?: number }) =>
      store.samples.recent(1, limit, bounds).map(({ id }) => id)
    expect(ids(3)).toEqual([15, 17, 19])
    expect(ids(99, { afterId: 13 })).toEqual([15, 17, 19])
    expect(ids(99, { afterId: 14, beforeId: 18 })).toEqual([15, 17])
    expect(ids(2, { beforeId: 16 })).toEqual([13, 15])
    expect(ids(99, { afterId: 19 })).toEqual([])
    expect(ids(0)).toEqual([])
    expect(store.samples.recent(77, 9)).toEqual([])
  })

  test('goes by id for drills, which start in the past of the one before', () => {
    appendTo(store, ...[3, 4, 1, 2].map((step) => ({ time: T0 + step, drill: true })))
    const times = (bounds?: { afterId?: number; beforeId?: number }) =>
      store.samples.recent(1, 2, bounds).map(({ time }) => time - T0)
    expect(times()).toEqual([1, 2])
    expect(times({ beforeId: 4 })).toEqual([4, 1])
    expect(times({ afterId: 3 })).toEqual([2])
  })
})

test('newest gives samples in the form of the API, newest first over all series', () => {
  appendTo(
    store,
    { time: T0, value: 1, unit: '%', tags: { rack: 'a', cold: true }, serverId: 7 },
    { time: T0 + 1, value: 2, metricType: 'MEMORY' },
    { time: T0 + 1, value: 3 },
    { time: T0 + 2, value: 4, source: 'other' },
  )
  const found = store.samples.newest([1, 2, 1], T0, T0 + 1, 10)
  expect(found.map(({ value }) => value)).toEqual([3, 2, 1])
  expect(found.at(-1)).toEqual({
    id: 1,
    server_id: 7,
    source: 'web-1',
    metric_type: 'CPU',
    value: 1,
    unit: '%',
    tags: { rack: 'a', cold: true },
    recorded_at: iso(T0),
  })
  expect(store.samples.newest([], T0, T0 + 9, 10)).toEqual([])
})

describe('head samples', () => {
  const grouped = (fromId: number, toId: number) => {
    const { ids, runs } = store.samples.groupBySeries(fromId, toId)
    return runs.map(({ seriesId, start, end }) => [seriesId, ...ids.slice(start, end)])
  }

  test('are found by id until they are compacted', () => {
    appendTo(store, { value: 1 }, { drill: true, value: 2 }, { source: 'b', value: 3 })
    expect([1, 2, 3].map((id) => store.samples.get(id)?.value)).toEqual([1, 2, 3])
    expect([0, 4].map((id) => store.samples.get(id))).toEqual([undefined, undefined])
    compactAll(store)
    expect(store.samples.get(3)).toBeUndefined()
  })

  test('are grouped by series, without drills and late ones, within their bounds', () => {
    appendTo(store, { time: T0 }, { drill: true }, { source: 'b' }, { time: T0 - 1 }, { time: T0 + 1 }, { source: 'b' })
    expect(grouped(1, 6)).toEqual([
      [1, 1, 5],
      [3, 3, 6],
    ])
    expect(grouped(4, 5)).toEqual([[1, 5]])
    expect(grouped(4, 4)).toEqual([])
    expect(grouped(5, 99)).toEqual([
      [1, 5],
      [3, 6],
    ])
    const { times, values, runs } = store.samples.groupBySeries(5, 5)
    expect([times[runs[0]!.start], values[runs[0]!.start]]).toEqual([T0 + 1, 50])
  })

  test('equal what was appended, over all runs, whatever was compacted before', () => {
    const anySource = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 })
    fc.assert(
      fc.property(anySource, anySource, fc.nat(60), (before, after, compactedUpTo) => {
        const fresh = temporaryStore()
        try {
          const all = [before, after].flatMap((sources) =>
            appendTo(fresh.store, ...sources.map((source) => ({ source }))),
          )
          while (fresh.store.samples.compact(Math.min(compactedUpTo, before.length)));
          const from = before.length + 1
          const found: number[] = []
          const { ids, runs } = fresh.store.samples.groupBySeries(from, all.length)
          for (const { seriesId, start, end } of runs)
            for (const id of ids.slice(start, end)) {
              expect(fresh.store.samples.get(id)!.seriesId).toBe(seriesId)
              found.push(id)
            }
          expect(found.toSorted((one, other) => one - other)).toEqual(all.slice(before.length).map(({ id }) => id))
        } finally {
          fresh.remove()
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('removal', () => {
  const listed = () => store.series.list({ limit: 9, offset: 0 })

  test('takes what ended before a time and keeps the counts', () => {
    const days = [0, 2, 4, 6, 8].map((day) => ({ time: T0 + day * 86_400_000 }))
    appendTo(store, ...days, { source: 'b', time: T0 + 4 })
    removeBefore(store, T0 + 4 * 86_400_000)
    expect(store.samples.newest([1], 0, T0 + 99 * 86_400_000, 9).map(({ id }) => id)).toEqual([5, 4, 3])
    expect(listed()).toMatchObject([{ source: 'web-1', count: 3 }])
    store = temporary.reopen()
    expect(listed()).toMatchObject([{ count: 3, last_seen: iso(T0 + 8 * 86_400_000) }])
  })

  test('removes a series with its last sample, and never gives its id away again', () => {
    appendTo(store, {}, { drill: true })
    removeBefore(store, T0 + 1)
    expect(store.series.find('web-1', 'CPU')).toBeUndefined()
    expect(store.series.ofSource('web-1')).toEqual([])
    store = temporary.reopen()
    expect(appendTo(store, {})).toMatchObject([{ id: 3, seriesId: 3 }])
  })

  test('hides a series that an event refers to, until samples come again', () => {
    const event = raiseOn(store)
    removeBefore(store, T0 + 1)
    expect(listed()).toEqual([])
    store = temporary.reopen()
    expect(listed()).toEqual([])
    expect(store.events.get(event.id)).toEqual(event)
    expect(appendTo(store, { time: T0 + 2 })).toMatchObject([{ seriesId: event.series_id }])
    expect(listed()).toMatchObject([{ count: 1 }])
  })
})
