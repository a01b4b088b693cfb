// The log of changes, which a client reads to catch up after it reconnects.
import type { Database } from 'better-sqlite3'
import { INCIDENT_CHANGE_KIND } from '../../../../shared/contract/stream.ts'
import type { AnyChange } from '../../../../shared/schemas/change.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import type { Incident } from '../../../../shared/schemas/incident.ts'
import type { ChangeLog } from '../types/changes.ts'
import type { StoredEvent } from '../types/events.ts'

export const CHANGES_KEPT = 10_000

/** Old changes are deleted in batches: deleting one with each append would double the writes. */
const PRUNE_EVERY = 1000

interface Row {
  id: number
  kind: AnyChange['kind']
  /** JSON of the event or the incident. */
  event: string
}

/** Without the fields that only detection needs. */
const publicEvent = ({
  series_id: _series,
  last_sample_id: _sample,
  critical_since: _critical,
  raised_at: _raised,
  ...event
}: StoredEvent): Event => event

export function createChangeLog(client: Database): ChangeLog {
  const insert = client.prepare<[kind: string, event: string]>('INSERT INTO changes (kind, event) VALUES (?, ?)')
  const prune = client.prepare<[newestGone: number]>('DELETE FROM changes WHERE id <= ?')
  const after = client.prepare<[id: number, limit: number], Row>(
    'SELECT * FROM changes WHERE id > ? ORDER BY id LIMIT ?',
  )
  const bounds = client.prepare<[], { oldest: number; newest: number }>(
    'SELECT ifnull((SELECT min(id) FROM changes), 0) AS oldest, ifnull((SELECT max(id) FROM changes), 0) AS newest',
  )
  function append(kind: AnyChange['kind'], what: Event | Incident): number {
    const id = Number(insert.run(kind, JSON.stringify(what)).lastInsertRowid)
    if (id % PRUNE_EVERY === 0) prune.run(id - CHANGES_KEPT)
    return id
  }

  return {
    append(kind, stored) {
      const event = publicEvent(stored)
      return { id: append(kind, event), kind, event }
    },
    appendIncident: (incident) => ({
      id: append(INCIDENT_CHANGE_KIND, incident),
      kind: INCIDENT_CHANGE_KIND,
      incident,
    }),
    after: (id, limit) => after.all(id, limit).map(changeOf),
    bounds: () => bounds.get() ?? { oldest: 0, newest: 0 },
  }
}

const changeOf = ({ id, kind, event }: Row): AnyChange =>
  kind === INCIDENT_CHANGE_KIND
    ? { id, kind, incident: JSON.parse(event) as Incident }
    : { id, kind, event: JSON.parse(event) as Event }
