import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageBy } from '../../../../electron/core/store/events/event-list.ts'
import type { EventFilter, StoredEvent } from '../../../../electron/core/store/types/events.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { isLive } from '../../../../shared/domain/event-status.ts'
import { SEVERITIES, silencedBy, STATUSES } from '../../../../shared/schemas/event.ts'
import { randomFrom } from '../../../support/random.ts'
import { makeRule } from '../../detection/test-pipeline.ts'
import { appendTo, newEvent, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
let newestFirst: StoredEvent[]
beforeAll(() => {
  temporary = temporaryStore()
  store = temporary.store
  newestFirst = fill(store).toSorted(
    (one, other) => Date.parse(other.detected_at) - Date.parse(one.detected_at) || other.id - one.id,
  )
})
afterAll(() => temporary.remove())

const SERIES = 300
const EVENTS = 3000
const RULES = ['one', 'other']

/** More series than are looked up one by one, and more without events; several events at one time. */
function fill(store: Store): StoredEvent[] {
  const random = randomFrom(7)
  const any = <T>(words: readonly T[]) => words[Math.floor(random() * words.length)]!
  return store.transaction(() => {
    const samples = appendTo(
      store,
      ...Array.from({ length: SERIES + 50 }, (_, index) => ({
        source: `Host-${index % 20}`,
        metricType: `TYPE-${Math.floor(index / 20)}`,
        drill: index % 11 === 0,
      })),
    )
    for (const name of RULES) makeRule(store, { name, method: 'THRESHOLD', threshold: 1 })
    return Array.from({ length: EVENTS }, (_, index) => {
      const sample = { ...samples[Math.floor(random() ** 2 * SERIES)]!, time: T0 + Math.floor(random() * 1000) }
      const silenced_by = any([...silencedBy.options, ...Array<null>(9).fill(null)])
      const rule_id = [1, 2, null][index % 3]!
      const words = { status: any(STATUSES), severity: any(SEVERITIES) }
      return store.events.insert(newEvent(sample, { ...words, silenced_by, rule_id }))
    })
  })
}

const expectedIds = ({
  status,
  severity,
  source = '',
  metricType,
  ruleId,
  silenced,
  since,
  limit,
  offset,
}: EventFilter) =>
  newestFirst
    .filter((event) => ruleId === undefined || event.rule_id === ruleId)
    .filter((event) => status === undefined || event.status === status)
    .filter((event) => severity === undefined || event.severity === severity)
    .filter((event) => silenced === undefined || (event.silenced_by !== null) === silenced)
    .filter((event) => event.source.toLowerCase().includes(source.toLowerCase()))
    .filter((event) => metricType === undefined || event.metric_type.toLowerCase() === metricType.toLowerCase())
    .filter((event) => Date.parse(event.detected_at) >= since || isLive(event))
    .slice(offset, offset + limit)

describe.each([undefined, '', 'host-', 'HOST-1', 'host-13', 'nothing'])('of the sources with %j', (source) => {
  test.each([undefined, 'type-0', 'Type-3', 'type'])(
    'and the metric type %j, every list is the right one',
    (metricType) => {
      let found = 0
      for (const status of [undefined, ...STATUSES])
        for (const severity of [undefined, ...SEVERITIES])
          for (const [since, silenced] of [
            [0, undefined],
            [T0 + 900, undefined],
            [T0 + 1000, undefined],
            [0, true],
            [T0 + 900, false],
          ] as const)
            for (const [limit, offset] of [
              [50, 0],
              [7, 11],
              [EVENTS, 0],
              [5, 2990],
            ] as const) {
              const filter = { status, severity, source, metricType, silenced, since, limit, offset }
              const list = store.events.list(filter)
              found += list.length
              expect(list).toEqual(expectedIds(filter))
            }
      expect(found > 0).toBe(source !== 'nothing' && metricType !== 'type')
    },
  )
})

test.each([1, 2, 3])('of rule %i, every list is the right one', (ruleId) => {
  let found = 0
  for (const status of [undefined, ...STATUSES])
    for (const severity of [undefined, ...SEVERITIES])
      for (const silenced of [undefined, true, false])
        for (const source of [undefined, 'HOST-1', 'host-13']) {
          const filter = { ruleId, status, severity, silenced, source, since: T0 + 200, limit: 20, offset: 3 }
          const list = store.events.list(filter)
          found += list.length
          expect(list).toEqual(expectedIds(filter))
        }
  expect(found > 0).toBe(ruleId < 3)
})

test('a series is found by its first event, also after a restart', () => {
  const [sample] = appendTo(store, { source: 'late riser' })
  const asked = { source: 'riser', since: 0, limit: 9, offset: 0 }
  expect(store.events.list(asked)).toEqual([])
  const event = store.events.insert(newEvent(sample!))
  expect(store.events.list(asked)).toEqual([event])
  store = temporary.reopen()
  expect(store.events.list(asked)).toEqual([event])
})

test('few series with events are found among many without', () => {
  const other = temporaryStore()
  try {
    const samples = appendTo(other.store, ...Array.from({ length: 100 }, (_, index) => ({ source: `web-${index}` })))
    const [first, second] = [7, 70].map((index) => other.store.events.insert(newEvent(samples[index]!)))
    const found = (source: string) => other.store.events.list({ source, since: 0, limit: 9, offset: 0 })
    expect(found('WEB-7')).toEqual([second, first])
    expect(found('web-70')).toEqual([second])
    expect(found('web-8')).toEqual([])
  } finally {
    other.remove()
  }
})

describe('reads only the rows of the page', () => {
  const planOf = (statement: string, values: object) => {
    const client = new Sqlite(temporary.file)
    try {
      const plan = client.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${statement}`)
      return plan.all(values).map(({ detail }) => detail)
    } finally {
      client.close()
    }
  }

  const live = 'status=? AND severity=?'
  const state = `${live} AND detected_at>?`
  test.each([
    ['time', {}, false, 'detected_at>?', 2],
    ['time', {}, true, 'detected_at>?', 2],
    ['state', { status: 'OPEN', severity: 'INFO' }, false, live, 1],
    ['state', { status: 'OPEN' }, true, live, 2],
    ['state', { status: 'RESOLVED', severity: 'INFO' }, false, state, 1],
    ['state', { severity: 'INFO' }, false, state, 3],
    ['silenced', { silenced: true, status: 'OPEN', severity: 'INFO' }, false, live, 1],
    ['silenced', { silenced: true }, true, state, 3],
    ['series', { status: 'RESOLVED', severity: 'INFO' }, true, 'series_id=? AND detected_at>?', 2],
  ] as const)('by %s of %j, of some series: %j', (index, filter, someSeries, bounds, sorts) => {
    const asked = { since: 0, limit: 50, offset: 0, ...filter }
    const plan = planOf(pageBy(index, asked, someSeries), { ...asked, series: '[1]' })
    expect(plan).toContain(`SEARCH events USING COVERING INDEX events_by_${index} (${bounds})`)
    expect(plan).toContain('SEARCH events USING INTEGER PRIMARY KEY (rowid=?)')
    // The rows of the page are sorted; before that only what comes in several rows at once, of which few are read.
    expect(plan.filter((step) => step.includes('ORDER BY'))).toHaveLength(sorts)
  })
})
