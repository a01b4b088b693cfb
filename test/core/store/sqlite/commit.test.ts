import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import type { StoredSample } from '../../../../electron/core/store/types/samples.ts'
import { append as appendIn, appendTo, headSamplesOf, newSample, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

/** What another connection to the same file sees: committed things only. */
function seenFromOutside<T>(look: (outside: Sqlite.Database) => T): T {
  const outside = new Sqlite(temporary.file)
  try {
    return look(outside)
  } finally {
    outside.close()
  }
}
const samplesOutside = () =>
  seenFromOutside(
    (outside) => outside.prepare('SELECT ifnull(sum(last_id - first_id + 1), 0) FROM log').pluck().get() as number,
  )
/** All that is known of two series, but for the guess which one is posted after it. */
const headsOf = (some: Store) =>
  ['a', 'e'].flatMap((source) => some.series.ofSource(source)).map((head) => ({ ...head, follower: undefined }))
const listed = () => store.series.list({ limit: 99, offset: 0 })
const append = (source: string) => appendIn(store, [newSample({ source })])
const fail = (): never => {
  throw new Error('refused')
}

describe('commit', () => {
  test('runs the writes of one turn in one transaction, and settles after it', async () => {
    const seen: number[] = []
    const writes = ['a', 'b', 'c'].map((source) => store.commit(() => append(source)))
    for (const write of writes) void write.then(() => seen.push(samplesOutside()))
    expect(samplesOutside()).toBe(0)
    const ids = (await Promise.all(writes)).map(([sample]) => sample!.id)
    expect(ids).toEqual([1, 2, 3])
    expect(seen).toEqual([3, 3, 3])
  })

  test('does not wait longer than for the end of the turn', async () => {
    let settled = false
    void store.commit(() => append('a')).then(() => (settled = true))
    await nextTurn()
    expect(settled).toBe(true)
  })

  test('puts later writes into the next transaction', async () => {
    const first = store.commit(() => append('a'))
    let second: Promise<StoredSample[]> | undefined
    void first.then(() => (second = store.commit(() => append('b'))))
    await first
    expect(samplesOutside()).toBe(1)
    await nextTurn()
    await second
    expect(samplesOutside()).toBe(2)
  })

  test('undoes only the write that throws; its ids go to the next ones', async () => {
    const writes = [
      store.commit(() => append('a')),
      store.commit(() => {
        append('a')
        append('b')
        fail()
      }),
      store.commit(() => append('b')),
    ]
    const [first, second, third] = await Promise.allSettled(writes)
    expect(first).toMatchObject({ value: [{ id: 1, seriesId: 1 }] })
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'refused' } })
    expect(third).toMatchObject({ value: [{ id: 2, seriesId: 2 }] })
    expect(listed()).toMatchObject([{ count: 1 }, { count: 1 }])
    expect(samplesOutside()).toBe(2)
  })

  test('loses only what it can not commit when the commit of all fails', async () => {
    appendTo(store, { source: 'kept' })
    // A constraint that is looked at when the transaction ends: the writes pass, the commit does not.
    seenFromOutside((outside) =>
      outside.exec(`CREATE TABLE doomed (series_id REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER doom AFTER INSERT ON settings BEGIN INSERT INTO doomed VALUES (-1); END`),
    )
    const announced: number[] = []
    store.onAppended((firstId, count) => announced.push(firstId, count))
    const results = await Promise.allSettled([
      store.commit(() => append('kept')),
      store.commit(() => store.settings.set('a', 'b')),
      store.commit(() => append('new')),
      store.commit(fail),
    ])
    expect(results).toMatchObject([
      { status: 'fulfilled', value: [{ id: 2, seriesId: 1 }] },
      { status: 'rejected', reason: { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' } },
      { status: 'fulfilled', value: [{ id: 3, seriesId: 2 }] },
      { status: 'rejected', reason: { message: 'refused' } },
    ])
    expect(listed().map(({ count }) => count)).toEqual([2, 1])
    expect(announced).toEqual([2, 1, 3, 1])
  })

  test('loses only that on which SQLite gives the whole transaction up in the middle', async () => {
    // As it does on a full disk.
    seenFromOutside((outside) =>
      outside.exec(`CREATE TRIGGER doom AFTER INSERT ON settings BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END`),
    )
    const results = await Promise.allSettled([
      store.commit(() => append('a')),
      store.commit(() => store.settings.set('a', 'b')),
      store.commit(() => append('b')),
    ])
    expect(results).toMatchObject([
      { value: [{ id: 1, seriesId: 1 }] },
      { status: 'rejected', reason: { message: 'disk full' } },
      { value: [{ id: 2, seriesId: 2 }] },
    ])
    expect(samplesOutside()).toBe(2)
  })

  test('is done for what waits when the store closes; afterwards it rejects', async () => {
    const waiting = store.commit(() => append('a'))
    store.close()
    expect(await waiting).toMatchObject([{ id: 1 }])
    await expect(store.commit(() => append('b'))).rejects.toThrow('not open')
    store = temporary.reopen()
    expect(listed()).toHaveLength(1)
  })

  test('leaves catalogue and database the same, whichever writes fail', async () => {
    const anyWrite = fc.record({
      sources: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 }),
      inner: fc.array(fc.constantFrom('a', 'e'), { maxLength: 2 }),
      innerFails: fc.boolean(),
      fails: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyWrite, { maxLength: 5 }), { maxLength: 4 }), async (turns) => {
        const fresh = temporaryStore()
        const { store } = fresh
        let time = T0
        const announced: StoredSample[] = []
        store.onAppended((firstId, count) => {
          for (let id = firstId; id < firstId + count; id++) announced.push(store.samples.get(id)!)
        })
        const many = (sources: string[]) =>
          appendIn(
            store,
            sources.map((source) => newSample({ source, time: time++, value: time })),
          )
        try {
          for (const turn of turns) {
            await Promise.allSettled(
              turn.map(({ sources, inner, innerFails, fails }) =>
                store.commit(() => {
                  many(sources)
                  try {
                    store.transaction(() => {
                      many(inner)
                      if (innerFails) fail()
                    })
                  } catch {
                    // What was inside is undone, what was outside stays.
                  }
                  if (fails) fail()
                }),
              ),
            )
          }
          const kept = turns.flat().flatMap(({ sources, inner, innerFails, fails }): string[] => {
            if (fails) return []
            return innerFails ? sources : [...sources, ...inner]
          })
          const inMemory = headsOf(store)
          expect(announced.map(({ source }) => source)).toEqual(kept)
          expect(announced.map(({ id }) => id)).toEqual(kept.map((_, index) => index + 1))
          expect(headSamplesOf(store)).toEqual(announced)
          const list = store.series.list({ limit: 99, offset: 0 })
          expect(list.map(({ count }) => count)).toEqual(
            list.map(({ source }) => kept.filter((name) => name === source).length),
          )
          fresh.reopen()
          expect(headsOf(fresh.store)).toEqual(inMemory)
        } finally {
          fresh.remove()
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('transaction', () => {
  test('is committed when it returns', () => {
    expect(appendTo(store, {})).toMatchObject([{ id: 1 }])
    expect(samplesOutside()).toBe(1)
  })

  test('leaves nothing when it throws, in memory neither', () => {
    appendTo(store, { source: 'a', value: 1 })
    const before = listed()
    expect(() =>
      store.transaction(() => {
        store.samples.append([newSample({ source: 'a', time: T0 + 5 }), newSample({ source: 'b' })])
        store.settings.set('key', 'value')
        fail()
      }),
    ).toThrow('refused')
    expect(listed()).toEqual(before)
    expect(store.series.find('b', 'CPU')).toBeUndefined()
    expect(store.settings.get('key')).toBeUndefined()
    // The time that was undone makes nobody late.
    expect(appendTo(store, { source: 'a', time: T0 + 1 })).toMatchObject([{ id: 2, late: false }])
  })

  test('may be nested, and the outer one continues if it catches the error', () => {
    store.transaction(() => {
      append('a')
      expect(() =>
        store.transaction(() => {
          append('b')
          fail()
        }),
      ).toThrow('refused')
      append('c')
    })
    expect(listed().map(({ source }) => source)).toEqual(['a', 'c'])
  })

  test('is kept if a listener fails', () => {
    store.onAppended(fail)
    const announced: number[] = []
    store.onAppended((_, count) => announced.push(count))
    expect(appendTo(store, {}, {})).toHaveLength(2)
    expect(samplesOutside()).toBe(2)
    expect(announced).toEqual([2])
  })
})
