// The table of series, as statements.
import type { Database } from 'better-sqlite3'
import { folded, type SeriesHead } from './series-head.ts'

/** The change in the row of a series after its samples were compacted or removed. */
export interface RowChange {
  seriesId: number
  count: number
  compactedUpTo: number
  /** The newest of them that is not late. */
  newest: { id: number; time: number; value: number } | undefined
  /** The last unit among them. */
  unit: string | null
}

interface Row {
  id: number
  source: string
  metric_type: string
  drill: number
  unit: string | null
  last_value: number
  last_time: number
  last_sample_id: number
  count: number
  cold_up_to: number
}

const COLUMNS = 'id, source, metric_type, drill, unit, last_value, last_time, last_sample_id, count, cold_up_to'

export function createSeriesTable(client: Database) {
  const insert = client.prepare(
    `INSERT INTO series (source, metric_type, drill, source_folded, metric_type_folded, unit, last_value, last_time, last_sample_id, count)
     VALUES (?, ?, ?, ?, ?, NULL, ?, ?, 0, 0)`,
  )
  const byId = client.prepare<[id: number], Row>(`SELECT ${COLUMNS} FROM series WHERE id = ?`)
  // The samples of a drill are in no order of time: its head is the latest of them, not the last.
  const advance = client.prepare<[Omit<RowChange, 'newest'> & { id: number; time: number; value: number }]>(
    `UPDATE series SET count = count + @count, cold_up_to = @compactedUpTo,
       unit = CASE WHEN @id > 0 AND @time >= last_time THEN ifnull(@unit, unit) ELSE unit END,
       last_value = CASE WHEN @id > 0 AND @time >= last_time THEN @value ELSE last_value END,
       last_sample_id = CASE WHEN @id > 0 AND @time >= last_time THEN @id ELSE last_sample_id END,
       last_time = CASE WHEN @id > 0 THEN max(last_time, @time) ELSE last_time END
     WHERE id = @seriesId`,
  )
  const discount = client.prepare<[removed: number, id: number]>('UPDATE series SET count = count - ? WHERE id = ?')
  const rewind = client.prepare<[time: number, id: number]>('UPDATE series SET last_time = ? WHERE id = ?')
  const blank = client.prepare<[id: number]>(
    'UPDATE series SET unit = NULL, last_value = 0, last_time = 0, last_sample_id = 0, count = 0 WHERE id = ?',
  )
  const eventOf = client.prepare<[series: number]>('SELECT 1 FROM events WHERE series_id = ? LIMIT 1')
  const deletion = client.prepare('DELETE FROM series WHERE id = ?')
  const all = client.prepare<[], Row>(`SELECT ${COLUMNS} FROM series`)

  return {
    /** Returns the id. */
    insert: (source: string, metricType: string, drill: boolean, value: number, time: number): number =>
      Number(
        insert.run(source, metricType, drill ? 1 : 0, folded(source), folded(metricType), value, time).lastInsertRowid,
      ),
    get(id: number): SeriesHead | undefined {
      const row = byId.get(id)
      return row && headOf(row)
    },
    *all(): Generator<SeriesHead> {
      for (const row of all.iterate()) yield headOf(row)
    },
    /** Adds compacted samples to the row. */
    advance: ({ newest, ...change }: RowChange) => void advance.run({ ...change, id: 0, time: 0, value: 0, ...newest }),
    discount: (id: number, removed: number) => void discount.run(removed, id),
    rewind: (id: number, lastTime: number) => void rewind.run(lastTime, id),
    clear: (id: number) => void blank.run(id),
    hasEvents: (id: number) => eventOf.get(id) !== undefined,
    remove: (id: number) => void deletion.run(id),
  }
}

const headOf = (row: Row): SeriesHead => ({
  id: row.id,
  source: row.source,
  metricType: row.metric_type,
  sourceFolded: folded(row.source),
  metricTypeFolded: folded(row.metric_type),
  drill: row.drill === 1,
  unit: row.unit,
  lastValue: row.last_value,
  lastTime: row.last_time,
  lastSampleId: row.last_sample_id,
  count: row.count,
  compactedUpTo: row.cold_up_to,
  firstHeadId: 0,
  lastHeadId: 0,
  metadata: undefined,
  follower: undefined,
})
