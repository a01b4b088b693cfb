// Events that are over go when they are old, or if they are too many; live ones never.
import type { Database } from 'better-sqlite3'
import { DAY } from '../../../../shared/domain/time.ts'
import type { Catalog } from '../series/catalog.ts'
import type { EventStore } from '../types/events.ts'

const PER_STEP = 100

const OVER = "('RESOLVED', 'FALSE_POSITIVE')"

export type Closing = Pick<Catalog, 'byId' | 'close'>

export function createOldEvents(client: Database, catalog: Closing): EventStore['removeOld'] {
  const oldest = client.prepare<[before: number, before: number, limit: number], { id: number; series_id: number }>(
    `SELECT id, series_id FROM events INDEXED BY events_by_time
     WHERE status IN ${OVER} AND detected_at < ? AND ifnull(resolved_at, last_seen_at) < ?
     ORDER BY detected_at, id LIMIT ?`,
  )
  const over = client
    .prepare<[], number>(
      `SELECT ifnull(sum(events), 0) FROM event_counts WHERE dimension = 'status' AND span = ${DAY} AND key IN ${OVER}`,
    )
    .pluck()
  const remove = client.prepare<[id: number]>('DELETE FROM events WHERE id = ?')
  // Those of rules that are gone: no trigger finds them any more.
  const forgetCounts = client.prepare<[before: number]>(
    `DELETE FROM event_counts WHERE dimension IN ('rule', 'worth') AND start < ? - span
       AND CAST(key AS INTEGER) NOT IN (SELECT id FROM rules)`,
  )

  return (time, most) => {
    const tooMany = over.get()! - most
    const before = tooMany > 0 ? Number.MAX_SAFE_INTEGER : time
    const old = oldest.all(before, before, tooMany > 0 ? Math.min(tooMany, PER_STEP) : PER_STEP)
    for (const { id, series_id } of old) {
      remove.run(id)
      const series = catalog.byId(series_id)
      if (series?.count === 0) catalog.close(series)
    }
    if (old.length === 0) forgetCounts.run(time)
    return old.length > 0
  }
}
