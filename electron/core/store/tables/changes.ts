// The log of changes, from which a client that was away is brought what it missed.
import type { Database } from 'better-sqlite3'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import type { ChangeLog } from '../types/changes.ts'
import type { StoredEvent } from '../types/events.ts'

export const CHANGES_KEPT = 10_000

/** Old changes go in portions: deleting one with each append would double the writes. */
const PORTION = 1000

interface Row {
  id: number
  kind: Change['kind']
  event: string
}

/** Without what only the engine needs. */
const asTold = ({ series_id: _series, last_sample_id: _sample, ...event }: StoredEvent): Event => event

export function createChangeLog(client: Database): ChangeLog {
  const insert = client.prepare<[kind: string, event: string]>('INSERT INTO changes (kind, event) VALUES (?, ?)')
  const prune = client.prepare<[newestGone: number]>('DELETE FROM changes WHERE id <= ?')
  const after = client.prepare<[id: number, limit: number], Row>(
    'SELECT * FROM changes WHERE id > ? ORDER BY id LIMIT ?',
  )
  const bounds = client.prepare<[], { oldest: number; newest: number }>(
    'SELECT ifnull((SELECT min(id) FROM changes), 0) AS oldest, ifnull((SELECT max(id) FROM changes), 0) AS newest',
  )
  return {
    append(kind, stored) {
      const event = asTold(stored)
      const id = Number(insert.run(kind, JSON.stringify(event)).lastInsertRowid)
      if (id % PORTION === 0) prune.run(id - CHANGES_KEPT)
      return { id, kind, event }
    },
    after: (id, limit) =>
      after.all(id, limit).map((row) => ({ id: row.id, kind: row.kind, event: JSON.parse(row.event) as Event })),
    bounds: () => bounds.get() ?? { oldest: 0, newest: 0 },
  }
}
