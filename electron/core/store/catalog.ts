// The series: a table, and all of it in memory, so that an append asks the database nothing.
import { and, asc, eq, gt, lt, sql, type Column } from 'drizzle-orm'
import type { Database } from './database.ts'
import { series } from './schema.ts'
import type { NewSample, SeriesCatalog } from './store.ts'
import type { Transactions } from './transactions.ts'

/** A series and the newest of its samples. */
export interface SeriesHead {
  readonly id: number
  readonly source: string
  readonly metricType: string
  readonly drill: boolean
  unit: string | null
  lastValue: number
  lastTime: number
  lastSampleId: number
  /** 0 where all samples are gone, but events still refer to the series: it is hidden then. */
  count: number
}

/** What changes the catalogue stands in a transaction; where that is undone, so is the change in memory. */
export interface Catalog extends SeriesCatalog {
  byId(id: number): SeriesHead | undefined
  /** The series of a sample, made if it is new. */
  headFor(sample: NewSample): SeriesHead
  /** Before a head is changed in memory. */
  beforeChange(head: SeriesHead): void
  /** Writes a changed head. */
  save(head: SeriesHead): void
  remove(head: SeriesHead): void
}

/** Text as the database gives it back: UTF-8 has no lone surrogates. */
export const wellFormed = (text: string) => (text.isWellFormed() ? text : text.toWellFormed())

export const folded = (text: string) => wellFormed(text).toLowerCase()

/** Whether folded text stands anywhere in a folded column, literally. */
export const contains = (column: Column, text: string) => sql`instr(${column}, ${folded(text)}) > 0`

export function createCatalog({ client, orm }: Database, { onUndo }: Transactions): Catalog {
  const insert = client.prepare(
    `INSERT INTO series (source, metric_type, drill, source_folded, metric_type_folded, unit, last_value, last_time, last_sample_id, count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
  )
  const update = client.prepare(
    'UPDATE series SET unit = ?, last_value = ?, last_time = ?, last_sample_id = ?, count = ? WHERE id = ?',
  )
  const deletion = client.prepare('DELETE FROM series WHERE id = ?')
  const heads = createIndex()
  for (const row of orm.select().from(series).all()) {
    heads.add({
      id: row.id,
      source: row.source,
      metricType: row.metric_type,
      drill: row.drill,
      unit: row.unit,
      lastValue: row.last_value,
      lastTime: row.last_time,
      lastSampleId: row.last_sample_id,
      count: row.count,
    })
  }

  function make(source: string, metricType: string, { drill, value, time }: NewSample): SeriesHead {
    const { lastInsertRowid } = insert.run(
      source,
      metricType,
      drill ? 1 : 0,
      folded(source),
      folded(metricType),
      null,
      value,
      time,
    )
    const id = Number(lastInsertRowid)
    const head = {
      id,
      source,
      metricType,
      drill,
      unit: null,
      lastValue: value,
      lastTime: time,
      lastSampleId: 0,
      count: 0,
    }
    onUndo(() => heads.delete(head))
    heads.add(head)
    return head
  }

  return {
    byId: heads.byId,
    headFor(sample) {
      const [source, metricType] = [wellFormed(sample.source), wellFormed(sample.metricType)]
      return heads.find(source, metricType, sample.drill) ?? make(source, metricType, sample)
    },
    beforeChange(head) {
      const before = { ...head }
      onUndo(() => Object.assign(head, before))
    },
    save: (head) => void update.run(head.unit, head.lastValue, head.lastTime, head.lastSampleId, head.count, head.id),
    remove(head) {
      deletion.run(head.id)
      onUndo(() => heads.add(head))
      heads.delete(head)
    },
    list: ({ source = '', metricType = '', seenBefore, limit, offset }) =>
      orm
        .select()
        .from(series)
        .where(
          and(
            eq(series.drill, false),
            gt(series.count, 0),
            contains(series.source_folded, source),
            contains(series.metric_type_folded, metricType),
            seenBefore === undefined ? undefined : lt(series.last_time, seenBefore),
          ),
        )
        .orderBy(asc(series.source), asc(series.metric_type))
        .limit(limit)
        .offset(offset)
        .all()
        .map((row) => ({
          source: row.source,
          metric_type: row.metric_type,
          unit: row.unit,
          last_value: row.last_value,
          last_seen: new Date(row.last_time).toISOString(),
          count: row.count,
        })),
    all: () =>
      heads
        .real()
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => inOrder(a.source, b.source) || inOrder(a.metricType, b.metricType)),
    ofSource: (source, { metricType, drill } = {}) =>
      heads
        .ofSource(wellFormed(source))
        .filter((head) => metricType === undefined || folded(head.metricType) === folded(metricType))
        .filter((head) => drill === undefined || head.drill === drill),
    find: (source, metricType) => heads.find(wellFormed(source), wellFormed(metricType), false),
  }
}

const inOrder = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/** Heads by id, and by source, metric type and whether they are a drill's. */
function createIndex() {
  const ids = new Map<number, SeriesHead>()
  const real = new Map<string, Map<string, SeriesHead>>()
  const shadows = new Map<string, Map<string, SeriesHead>>()
  const side = (drill: boolean) => (drill ? shadows : real)
  return {
    byId: (id: number) => ids.get(id),
    real: () => [...real.values()].flatMap((ofSource) => [...ofSource.values()]),
    find: (source: string, metricType: string, drill: boolean) => side(drill).get(source)?.get(metricType),
    ofSource: (source: string) => [real, shadows].flatMap((sources) => [...(sources.get(source)?.values() ?? [])]),
    add(head: SeriesHead) {
      const sources = side(head.drill)
      const ofSource = sources.get(head.source) ?? new Map<string, SeriesHead>()
      ids.set(head.id, head)
      sources.set(head.source, ofSource.set(head.metricType, head))
    },
    delete(head: SeriesHead) {
      const ofSource = side(head.drill).get(head.source)
      ids.delete(head.id)
      ofSource?.delete(head.metricType)
      if (ofSource?.size === 0) side(head.drill).delete(head.source)
    },
  }
}
