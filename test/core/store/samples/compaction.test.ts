// Compaction and downsampling: nothing is lost, doubled or changed, whatever happens in between.
import fc from 'fast-check'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { NewSample, StoredSample } from '../../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { append, appendTo, newSample, compactAll, T0, downsampleAll } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

function count(file: string, table: string): number {
  const client = new Sqlite(file)
  try {
    return client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  } finally {
    client.close()
  }
}

const storedBy = (store: Store, seriesIds: Iterable<number>) =>
  [...seriesIds].map((id) => ({
    recent: store.samples.recent(id, 1e6),
    newest: store.samples.newest([id], 0, T0 + 999 * DAY, 1e6),
  }))

describe('compaction', () => {
  test('leaves the stored samples the same after every step, in the running program and after a kill', () => {
    appendTo(store, ...Array.from({ length: 3000 }, (_, i) => manySample(i)))
    appendTo(store, ...Array.from({ length: 500 }, (_, i) => manySample(3000 + i)))
    const series = [1, 2, 3, 4]
    const stored = storedBy(store, series)
    const listed = store.series.list({ limit: 9, offset: 0 })
    const check = (some: Store) => {
      expect(storedBy(some, series)).toEqual(stored)
      expect(some.series.list({ limit: 9, offset: 0 })).toEqual(listed)
    }
    check(store)
    let steps = 0
    while (store.samples.compact(3200)) {
      steps++
      check(store)
      temporary.afterAKill(check)
    }
    expect(steps).toBeGreaterThan(1)
    expect(store.samples.headSize()).toBe(500)
    temporary.afterAKill((revived) => expect(appendTo(revived, {})).toMatchObject([{ id: 3501 }]))
    compactAll(store)
    check(store)
    expect(store.samples.headSize()).toBe(0)
    expect(count(temporary.file, 'log')).toBe(0)
    check(temporary.reopen())
  })

  test('continues where it stopped, with appends, undone appends and restarts in between', async () => {
    const anyStep = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('append' as const),
          sizes: fc.array(fc.nat(9), { maxLength: 3 }),
          fails: fc.boolean(),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('compact' as const), steps: fc.nat(4), behind: fc.nat(5) }),
      },
      fc.record({ kind: fc.constant('restart' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 14 }), fc.infiniteStream(fc.nat(99)), async (steps, random) => {
        const fresh = temporaryStore()
        let { store } = fresh
        const all: StoredSample[] = []
        const draw = () => random.next().value
        const sample = (): NewSample =>
          newSample({
            source: `s${draw() % 3}`,
            time: T0 + (draw() < 80 ? all.length : draw()) * 1000,
            value: draw() / 10,
            drill: draw() < 5,
          })
        try {
          for (const step of steps) {
            if (step.kind === 'restart') store = fresh.reopen()
            if (step.kind === 'compact')
              for (let i = 0; i < step.steps; i++) store.samples.compact(store.samples.newestId() - step.behind)
            if (step.kind === 'append') {
              const results = await Promise.allSettled(
                step.sizes.map((size, i) =>
                  store.commit(() => {
                    const stored = append(store, Array.from({ length: size }, sample))
                    if (step.fails && i === 1) throw new Error('no')
                    return stored
                  }),
                ),
              )
              for (const result of results) if (result.status === 'fulfilled') all.push(...result.value)
            }
            expect(store.samples.newestId()).toBe(all.length)
            for (const [id, ofSeries] of Map.groupBy(all, ({ seriesId }) => seriesId)) {
              expect(store.samples.recent(id, 999)).toEqual(ofSeries.filter(({ late }) => !late))
              expect(
                store.samples
                  .newest([id], 0, T0 + DAY, 999)
                  .map((out) => out.id)
                  .toSorted((a, b) => a - b),
              ).toEqual(ofSeries.map((each) => each.id))
            }
          }
        } finally {
          fresh.remove()
        }
      }),
      { numRuns: 60 },
    )
  })

  test('fills blocks up instead of leaving small ones', () => {
    for (let i = 0; i < 30; i++) {
      appendTo(store, ...Array.from({ length: 50 }, (_, k) => ({ time: T0 + (i * 50 + k) * 1000 })))
      compactAll(store)
    }
    expect(count(temporary.file, 'blocks')).toBe(2)
    expect(store.samples.recent(1, 9999)).toHaveLength(1500)
  })

  test('continues with what is appended after all was compacted', () => {
    for (let i = 0; i < 3; i++) {
      appendTo(store, { time: T0 + i })
      compactAll(store)
      expect(store.samples.headSize()).toBe(0)
    }
  })

  test('that fails is undone whole and can be tried again', () => {
    appendTo(store, ...Array.from({ length: 20 }, (_, i) => ({ time: T0 + i, source: i % 2 ? 'a' : 'b' })))
    const stored = storedBy(store, [1, 2])
    const outside = new Sqlite(temporary.file)
    outside.exec(
      "CREATE TRIGGER doom BEFORE INSERT ON blocks WHEN new.series_id = 2 BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    expect(() => compactAll(store)).toThrow('disk full')
    expect(storedBy(store, [1, 2])).toEqual(stored)
    outside.exec('DROP TRIGGER doom')
    outside.close()
    compactAll(store)
    expect(storedBy(store, [1, 2])).toEqual(stored)
    expect(storedBy(temporary.reopen(), [1, 2])).toEqual(stored)
  })
})

/** Four series, now and then one that is late, tagged or of a drill. */
function manySample(i: number): Partial<NewSample> {
  return {
    source: `web-${i % 3}`,
    time: T0 + i * 100 - (i % 17 === 0 ? 5000 : 0),
    value: Math.round(1000 * Math.sin(i)) / 100,
    unit: i % 5 === 0 ? '%' : null,
    tags: i % 101 === 0 ? { i } : null,
    ...(i % 300 === 1 && { drill: true, source: 'drilled' }),
  }
}

describe('range', () => {
  const samples = Array.from({ length: 4000 }, (_, i) => ({ time: T0 + i * 1000, value: (i * 7919) % 1000 }))
  const total = (points: { count: number }[]) => points.reduce((sum, { count }) => sum + count, 0)

  test.each([1, 7, 500, 2000])(
    'gives extremes, means and counts exactly, in the head or compacted, in %i points',
    (points) => {
      appendTo(store, ...samples.slice(0, 2500))
      compactAll(store)
      appendTo(store, ...samples.slice(2500))
      const [from, to] = [T0 + 100_500, T0 + 3_700_500]
      const inRange = samples.filter(({ time }) => time >= from && time <= to)
      const found = store.samples.range(1, from, to, points)
      expect(found.length).toBeLessThanOrEqual(points)
      expect(total(found)).toBe(inRange.length)
      for (const point of found) {
        const own = inRange.filter(({ time }) => time >= point.from && time <= point.to).map(({ value }) => value)
        expect(point.count).toBe(own.length)
        expect([point.min, point.max]).toEqual([Math.min(...own), Math.max(...own)])
        expect(point.mean).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / own.length, 9)
      }
      expect(found.every((point, i) => i === 0 || point.from > found[i - 1]!.to)).toBe(true)
    },
  )

  test('is empty if there are no samples', () => {
    appendTo(store, { time: T0 })
    expect(store.samples.range(1, T0 + 1, T0 + 9, 5)).toEqual([])
    expect(store.samples.range(1, T0 + 1, T0, 5)).toEqual([])
    expect(store.samples.range(9, T0, T0 + 9, 5)).toEqual([])
  })

  test('handles values at the limits of doubles', () => {
    appendTo(store, ...[1, 1, -1].map((sign, i) => ({ time: T0 + i, value: sign * Number.MAX_VALUE })))
    compactAll(store)
    const [point] = store.samples.range(1, T0, T0 + 9, 1)
    expect(point).toMatchObject({ count: 3, min: -Number.MAX_VALUE, max: Number.MAX_VALUE })
    expect(Number.isFinite(point!.mean)).toBe(true)
  })
})

describe('downsampling', () => {
  const values = Array.from({ length: 5000 }, (_, i) => ({ time: T0 + i * 7000, value: (i * 31) % 97 }))
  const end = T0 + 5000 * 7000

  test('sums up by minute, then by hour, and the range stays the same', () => {
    appendTo(store, ...values)
    compactAll(store)
    const before = store.samples.range(1, T0, end, 1)
    downsampleAll(store, { samplesFrom: end })
    expect(store.samples.newest([1], T0, end, 9)).toEqual([])
    const byMinute = store.samples.range(1, T0, end, 2000)
    expect(byMinute).toHaveLength(Math.ceil((4999 * 7000) / MINUTE))
    expect(byMinute[3]).toMatchObject(
      sumsOf(values.filter(({ time }) => Math.floor(time / MINUTE) === Math.floor(T0 / MINUTE) + 3)),
    )
    downsampleAll(store, { samplesFrom: end, minutesFrom: end })
    expect(store.samples.range(1, T0, end, 2000)).toHaveLength(10)
    expect(store.samples.range(1, T0, end, 1)).toEqual(before)
    expect(store.series.list({ limit: 1, offset: 0 })).toMatchObject([{ count: 5000 }])
    store = temporary.reopen()
    expect(store.samples.range(1, T0, end, 1)).toEqual(before)
  })

  test('adds late samples to existing rollups', () => {
    appendTo(store, { time: T0, value: 1 }, { time: T0 + DAY * 3, value: 5 })
    compactAll(store)
    downsampleAll(store, { samplesFrom: T0 + DAY })
    appendTo(store, { time: T0 + 1000, value: 3 })
    compactAll(store)
    downsampleAll(store, { samplesFrom: T0 + DAY })
    expect(store.samples.range(1, T0, T0 + DAY, 10)).toEqual([
      { from: T0, to: T0 + 1000, count: 2, min: 1, max: 3, mean: 2 },
    ])
    expect(count(temporary.file, 'blocks')).toBe(2)
  })

  test('keeps the file within its size, the oldest going first', () => {
    for (let day = 0; day < 40; day++) {
      appendTo(
        store,
        ...Array.from({ length: 1000 }, (_, i) => ({ time: T0 + day * DAY + i, value: Math.sin(day * 1000 + i) })),
      )
      compactAll(store)
    }
    downsampleAll(store, { mostBytes: 400_000 })
    const left = store.samples.newest([1], 0, T0 + 99 * DAY, 1e6)
    expect(left.length).toBeGreaterThan(10_000)
    expect(left.length).toBeLessThan(39_000)
    expect(Date.parse(left[0]!.recorded_at)).toBe(T0 + 39 * DAY + 999)
    expect(store.series.list({ limit: 1, offset: 0 })).toMatchObject([{ count: left.length }])
  })
})

function sumsOf(samples: { time: number; value: number }[]) {
  const own = samples.map(({ value }) => value)
  return {
    from: samples[0]!.time,
    to: samples.at(-1)!.time,
    count: own.length,
    min: Math.min(...own),
    max: Math.max(...own),
    mean: own.reduce((sum, value) => sum + value, 0) / own.length,
  }
}
