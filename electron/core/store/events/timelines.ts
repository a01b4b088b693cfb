// The timelines of events. One is read as a whole and goes with the event wherever it goes, so it has a length that it
// keeps: the beginning stays, the newest lines stay, and one between them says how many were left out.
import type { Database } from 'better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { TimelineEntry } from '../../../../shared/schemas/event.ts'
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import type { timeline } from '../sqlite/schema/events.ts'
import type { EventStore } from '../types/events.ts'

/** An event that is silenced every night has some fifty days of them. */
const MAX_LINES = 100
const FIRST_LINES = 20

export function createTimelines(client: Database): Pick<EventStore, 'addToTimeline' | 'timeline'> {
  const insert = client.prepare<[eventId: number, at: number, kind: string, who: string, comment: string | null]>(
    'INSERT INTO timeline (event_id, at, kind, who, comment) VALUES (?, ?, ?, ?, ?)',
  )
  const lines = client.prepare<[eventId: number], typeof timeline.$inferSelect>(
    'SELECT * FROM timeline WHERE event_id = ? ORDER BY id',
  )
  const count = client.prepare<[eventId: number], number>('SELECT count(*) FROM timeline WHERE event_id = ?').pluck()
  const oldestAfterFirst = client.prepare<[eventId: number], typeof timeline.$inferSelect>(
    `SELECT * FROM timeline WHERE event_id = ? ORDER BY id LIMIT 2 OFFSET ${FIRST_LINES}`,
  )
  const leaveOut = client.prepare<[at: number, comment: string, id: number]>(
    `UPDATE timeline SET at = ?, kind = 'left_out', who = '${TOCSIN}', comment = ? WHERE id = ?`,
  )
  const remove = client.prepare<[id: number]>('DELETE FROM timeline WHERE id = ?')

  /** Of the two lines after the first ones, the earlier counts the later one and those left out before. */
  function makeRoom(eventId: number): void {
    const [one, other] = oldestAfterFirst.all(eventId)
    const before = one!.kind === 'left_out' ? Number.parseInt(one!.comment ?? '') : 1
    leaveOut.run(other!.at, `${before + 1} lines were left out here.`, one!.id)
    remove.run(other!.id)
  }

  return {
    addToTimeline(eventId, { at, kind, who, comment }) {
      if (count.get(eventId)! >= MAX_LINES) makeRoom(eventId)
      insert.run(eventId, Date.parse(at), kind, who, comment)
    },
    timeline: (eventId) => lines.all(eventId).map(lineOf),
  }
}

const lineOf = ({ id, at, kind, who, comment }: typeof timeline.$inferSelect): TimelineEntry => ({
  id,
  at: toIso(at),
  kind,
  who,
  comment,
})
