// Samples: one row each, found by series and time.
import type { Database } from 'better-sqlite3'
import type { SampleOut, Tags } from '../../../shared/schemas/sample.ts'
import { wellFormed, type Catalog, type SeriesHead } from './catalog.ts'
import type { NewSample, SampleStore, StoredSample } from './store.ts'
import type { Transactions } from './transactions.ts'

interface Row {
  id: number
  series_id: number
  time: number
  value: number
  server_id: number | null
  unit: string | null
  tags: string | null
  late: number
}

type Place = [from: number, to: number, limit: number]

/** @param announce hears of what was appended, inside its transaction */
export function createSampleStore(
  client: Database,
  catalog: Catalog,
  { transaction }: Transactions,
  announce: (samples: readonly StoredSample[]) => void,
): SampleStore {
  const insert = client.prepare(
    'INSERT INTO samples (series_id, time, value, server_id, unit, tags, late) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  // Among samples that are not late, the order of time is the order of id: the index on time serves both.
  const newestReal = client.prepare<[series: number, before: number], Row>(
    'SELECT * FROM samples WHERE series_id = ? AND id < ? AND late = 0 ORDER BY time DESC, id DESC',
  )
  // A drill starts in the past of the one before it. The plus keeps SQLite from walking through all samples by id.
  const newestOfDrill = client.prepare<[series: number, before: number], Row>(
    'SELECT * FROM samples WHERE series_id = ? AND id < ? ORDER BY +id DESC',
  )
  const between = client.prepare<[series: number, ...Place], Row>(
    'SELECT * FROM samples WHERE series_id = ? AND time BETWEEN ? AND ? ORDER BY time DESC, id DESC LIMIT ?',
  )
  const after = client.prepare<[id: number, limit: number], Row>(
    `SELECT samples.* FROM samples CROSS JOIN series ON series.id = series_id
     WHERE samples.id > ? AND drill = 0 ORDER BY samples.id LIMIT ?`,
  )
  // The newest sample of a series goes last, so that its head stays true until then.
  const removal = client
    .prepare<[time: number, limit: number], number>(
      `DELETE FROM samples WHERE id IN (
         SELECT samples.id FROM series CROSS JOIN samples ON series_id = series.id
         WHERE time < ? ORDER BY series.id, time, samples.id LIMIT ?
       ) RETURNING series_id`,
    )
    .pluck()
  const eventOf = client.prepare<[series: number]>('SELECT 1 FROM events WHERE series_id = ? LIMIT 1')

  function store(head: SeriesHead, sample: NewSample): StoredSample {
    const late = !head.drill && sample.time < head.lastTime
    const unit = sample.unit === null ? null : wellFormed(sample.unit)
    // A REAL column keeps no negative zero, and what is given back now must equal what is read later.
    const value = sample.value + 0
    const { lastInsertRowid } = insert.run(
      head.id,
      sample.time,
      value,
      sample.serverId,
      unit,
      sample.tags && JSON.stringify(sample.tags),
      late ? 1 : 0,
    )
    const id = Number(lastInsertRowid)
    head.count++
    if (sample.time >= head.lastTime) {
      head.unit = unit ?? head.unit
      head.lastValue = value
      head.lastTime = sample.time
      head.lastSampleId = id
    }
    return { ...sample, source: head.source, metricType: head.metricType, unit, value, id, seriesId: head.id, late }
  }

  function forget(seriesId: number, removed: number) {
    const head = catalog.byId(seriesId)
    if (!head) return
    catalog.beforeChange(head)
    head.count -= removed
    if (head.count === 0 && !eventOf.get(seriesId)) catalog.remove(head)
    else catalog.save(head)
  }

  return {
    append(samples) {
      const touched = new Set<SeriesHead>()
      const stored = samples.map((sample) => {
        const head = catalog.headFor(sample)
        if (!touched.has(head)) catalog.beforeChange(head)
        touched.add(head)
        return store(head, sample)
      })
      for (const head of touched) catalog.save(head)
      announce(stored)
      return stored
    },
    recent(seriesId, limit, { afterId = 0, beforeId = Number.MAX_SAFE_INTEGER } = {}) {
      const head = catalog.byId(seriesId)
      if (!head) return []
      const newest: StoredSample[] = []
      for (const row of (head.drill ? newestOfDrill : newestReal).iterate(seriesId, beforeId)) {
        if (row.id <= afterId || newest.length === limit) break
        newest.push(storedSample(head, row))
      }
      return newest.toReversed()
    },
    range(seriesIds, from, to, limit) {
      let newest: Row[] = []
      for (const seriesId of new Set(seriesIds)) {
        const oldest = newest.length === limit ? newest.at(-1) : undefined
        newest.push(...between.all(seriesId, oldest?.time ?? from, to, limit))
        newest = newest.toSorted((a, b) => b.time - a.time || b.id - a.id).slice(0, limit)
      }
      return newest.map((row) => sampleOut(seriesOf(row), row))
    },
    after: (id, limit) => after.all(id, limit).map((row) => storedSample(seriesOf(row), row)),
    removeBefore: (time, limit) =>
      transaction(() => {
        const removed = removal.all(time, limit)
        for (const [seriesId, rows] of Map.groupBy(removed, (seriesId) => seriesId)) forget(seriesId, rows.length)
        return removed.length
      }),
  }

  function seriesOf(row: Row): SeriesHead {
    const head = catalog.byId(row.series_id)
    if (!head) throw new Error(`Sample ${row.id} has no series.`)
    return head
  }
}

const tagsOf = ({ tags }: Row) => (tags === null ? null : (JSON.parse(tags) as Tags))

const storedSample = ({ source, metricType, drill }: SeriesHead, row: Row): StoredSample => ({
  id: row.id,
  seriesId: row.series_id,
  source,
  metricType,
  value: row.value,
  unit: row.unit,
  tags: tagsOf(row),
  serverId: row.server_id,
  time: row.time,
  drill,
  late: row.late === 1,
})

const sampleOut = ({ source, metricType }: SeriesHead, row: Row): SampleOut => ({
  id: row.id,
  server_id: row.server_id,
  source,
  metric_type: metricType,
  value: row.value,
  unit: row.unit,
  tags: tagsOf(row),
  recorded_at: new Date(row.time).toISOString(),
})
