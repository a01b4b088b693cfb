import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { appendTo, iso, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const names = (filter: { source?: string; metricType?: string; limit?: number; offset?: number } = {}) =>
  store.series.list({ limit: 99, offset: 0, ...filter }).map(({ source, metric_type }) => `${source} ${metric_type}`)

test('list is ordered by source, then metric type, and paged', () => {
  appendTo(store, { source: 'b' }, { source: 'a', metricType: 'MEMORY' }, { source: 'a' }, { source: 'B' })
  expect(names()).toEqual(['B CPU', 'a CPU', 'a MEMORY', 'b CPU'])
  expect(names({ limit: 2, offset: 1 })).toEqual(['a CPU', 'a MEMORY'])
})

test('list finds text anywhere in the name, in any case, beyond ASCII too', () => {
  appendTo(store, { source: 'KÖLN-1' }, { source: 'köln-2' }, { source: 'ΣΙΓΜΑ' }, { source: 'МОСКВА' })
  expect(names({ source: 'öLN' })).toEqual(['KÖLN-1 CPU', 'köln-2 CPU'])
  expect(names({ source: 'σιγμα' })).toEqual(['ΣΙΓΜΑ CPU'])
  expect(names({ source: 'москва' })).toEqual(['МОСКВА CPU'])
  expect(names({ source: 'oln' })).toEqual([])
  expect(names({ source: '-', metricType: 'pu' })).toHaveLength(2)
  expect(names({ source: '-', metricType: 'memory' })).toEqual([])
})

test('list takes the wildcards of SQL literally', () => {
  appendTo(store, { source: 'a%b' }, { source: 'a_b' }, { source: 'axb' }, { source: 'a\\b' })
  expect(names({ source: '%' })).toEqual(['a%b CPU'])
  expect(names({ source: 'A_B' })).toEqual(['a_b CPU'])
  expect(names({ source: '\\' })).toEqual(['a\\b CPU'])
})

test('list shows no drills', () => {
  appendTo(store, { drill: true }, { source: 'b' })
  expect(names()).toEqual(['b CPU'])
})

test('the head of a series is its newest sample, whatever came late', () => {
  appendTo(
    store,
    { time: T0, value: 1, unit: 'ms' },
    { time: T0 + 2, value: 2 },
    { time: T0 + 1, value: 3, unit: 's' },
    { time: T0 + 2, value: 4 },
  )
  const head = { unit: 'ms', last_value: 4, last_seen: iso(T0 + 2), count: 4 }
  expect(store.series.list({ limit: 9, offset: 0 })).toMatchObject([head])
  store = temporary.reopen()
  expect(store.series.list({ limit: 9, offset: 0 })).toMatchObject([head])
  appendTo(store, { time: T0 + 3, unit: 's' })
  expect(store.series.find('web-1', 'CPU')).toMatchObject({ unit: 's' })
})

test('ofSource takes the source exactly, the metric type in any case, drills or not', () => {
  appendTo(
    store,
    { metricType: 'LÄRM', unit: 'dB' },
    { metricType: 'lärm' },
    { metricType: 'CPU' },
    { metricType: 'Lärm', drill: true },
    { source: 'WEB-1', metricType: 'LÄRM' },
  )
  const ids = (...args: Parameters<Store['series']['ofSource']>) => store.series.ofSource(...args).map(({ id }) => id)
  for (const _ of ['open', 'reopened']) {
    expect(ids('web-1')).toEqual([1, 2, 3, 4])
    expect(ids('web-1', { metricType: 'läRM' })).toEqual([1, 2, 4])
    expect(ids('web-1', { metricType: 'läRM', drill: false })).toEqual([1, 2])
    expect(ids('web-1', { drill: true })).toEqual([4])
    expect(ids('Web-1')).toEqual([])
    expect(store.series.ofSource('WEB-1')).toMatchObject([{ id: 5, metricType: 'LÄRM', drill: false, unit: null }])
    store = temporary.reopen()
  }
})

test('find takes both names exactly and knows no drills', () => {
  appendTo(store, { unit: '%' }, { source: 'b', drill: true })
  expect(store.series.find('web-1', 'CPU')).toMatchObject({ id: 1, unit: '%' })
  expect(store.series.find('web-1', 'cpu')).toBeUndefined()
  expect(store.series.find('b', 'CPU')).toBeUndefined()
})
