// Events and their timelines.
import type { Database } from 'better-sqlite3'
import { getTableColumns } from 'drizzle-orm'
import { createEventList, type Names } from './event-list.ts'
import { createOldEvents, type Closing } from './old-events.ts'
import { createEventQueries } from './event-queries.ts'
import { createEventNeighbours } from './event-neighbours.ts'
import { SELECT_EVENTS, storedEvent, columnsIn, type EventRow } from './event-rows.ts'
import { existing } from '../sqlite/rows.ts'
import { events } from '../sqlite/schema/events.ts'
import { rememberStatements } from '../sqlite/statements.ts'
import type { EventPatch, EventStore, StoredEvent } from '../types/events.ts'
import { createEventUndos } from './event-undos.ts'
import { createTimelines } from './timelines.ts'
import type { Transactions } from '../sqlite/transactions.ts'

export function createEventStore(
  client: Database,
  catalog: Names & Closing,
  { transaction, onUndo }: Pick<Transactions, 'transaction' | 'onUndo'>,
): EventStore {
  const { list, count, addSeries } = createEventList(client, catalog)
  const timelines = createTimelines(client)
  const removeOld = createOldEvents(client, catalog)
  const prepared = rememberStatements(client)
  const insert = client.prepare(INSERT)
  const ownIncident = client.prepare('UPDATE events SET incident_id = id WHERE id = ?')
  const accumulate = client.prepare<
    [
      occurrences: number,
      lastSeen: number,
      lastSample: number,
      peak: number,
      peakAt: number,
      current: number,
      criticalSince: number | null,
      id: number,
    ]
  >(
    `UPDATE events SET occurrences = ?, last_seen_at = ?, last_sample_id = ?, peak_value = ?, peak_at = ?, current_value = ?,
       critical_since = ?
     WHERE id = ?`,
  )
  const byId = client.prepare<[id: number], EventRow>(`${SELECT_EVENTS} WHERE events.id = ?`)
  const newest = client.prepare<[rule: number, series: number], EventRow>(
    `${SELECT_EVENTS} WHERE events.id =
       (SELECT max(id) FROM events INDEXED BY events_by_rule WHERE rule_id = ? AND series_id = ?) AND drill = 0`,
  )
  let edition = 0

  const get = (id: number) => storedEvent(existing('event', id, byId.get(id)))

  return {
    insert: (event) =>
      transaction(() => {
        const { lastInsertRowid } = insert.run({ ...event, incident_id: event.incident_id ?? 0, ...columnsIn(event) })
        if (event.incident_id === null) ownIncident.run(lastInsertRowid)
        addSeries(event.series_id)
        onUndo(() => edition++)
        return get(Number(lastInsertRowid))
      }),
    update(id, patch) {
      edition++
      const before = get(id)
      const event = { ...before, ...patch }
      // What stays the same is left out, for the sake of the indexes and counters that would be kept in vain.
      const changed = (Object.keys(patch) as (keyof EventPatch)[]).filter((key) => event[key] !== before[key])
      if (changed.length > 0) prepared(updateOf(changed)).run({ ...event, ...columnsIn(event) })
      return event
    },
    edition: () => edition,
    accumulate(id, { occurrences, last_seen_at, last_sample_id, peak_value, peak_at, current_value, critical_since }) {
      const [seen, peak] = [Date.parse(last_seen_at), Date.parse(peak_at ?? last_seen_at)]
      const critical = critical_since === null ? null : Date.parse(critical_since)
      accumulate.run(occurrences, seen, last_sample_id, peak_value, peak, current_value ?? peak_value, critical, id)
    },
    get: (id) => optional(byId.get(id)),
    newest: (ruleId, seriesId) => optional(newest.get(ruleId, seriesId)),
    list,
    count,
    ...createEventNeighbours(client),
    ...createEventQueries(client),
    removeOld(time, most) {
      const removed = removeOld(time, most)
      if (removed) edition++
      return removed
    },
    ...timelines,
    ...createEventUndos(client),
  }
}

const COLUMNS = Object.keys(getTableColumns(events)).filter((column) => column !== 'id')

const valueOf = (column: string) =>
  // The rule may have been deleted while its detector evaluated.
  column === 'rule_id' ? '(SELECT id FROM rules WHERE id = @rule_id)' : `@${column}`

const INSERT = `INSERT INTO events (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(valueOf).join(', ')})`

const updateOf = (columns: string[]) =>
  `UPDATE events SET ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`

const optional = (row: EventRow | undefined): StoredEvent | undefined => row && storedEvent(row)
