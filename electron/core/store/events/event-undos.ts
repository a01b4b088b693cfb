// The last change of each event that can be undone.
import type { Database } from 'better-sqlite3'
import type { EventPatch, EventStore, EventUndo } from '../types/events.ts'

type Row = Pick<EventUndo, 'at' | 'kind' | 'who'> & { before: string; after: string }

export function createEventUndos(client: Database): Pick<EventStore, 'undoOf' | 'setUndo'> {
  const get = client.prepare<[event: number], Row>(
    'SELECT at, kind, who, before, after FROM event_undos WHERE event_id = ?',
  )
  const set = client.prepare<[event: number, at: number, kind: string, who: string, before: string, after: string]>(
    'INSERT OR REPLACE INTO event_undos (event_id, at, kind, who, before, after) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const remove = client.prepare<[event: number]>('DELETE FROM event_undos WHERE event_id = ?')
  return {
    undoOf(eventId) {
      const row = get.get(eventId)
      if (!row) return undefined
      return { ...row, before: JSON.parse(row.before) as EventPatch, after: JSON.parse(row.after) as EventPatch }
    },
    setUndo(eventId, undo) {
      if (!undo) remove.run(eventId)
      else {
        const { at, kind, who, before, after } = undo
        set.run(eventId, at, kind, who, JSON.stringify(before), JSON.stringify(after))
      }
    },
  }
}
