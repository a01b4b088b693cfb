// The log of notifications.
import type { Database } from 'better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { notifications } from '../sqlite/schema/notifications.ts'
import type { NotificationFilter, NotificationStore } from '../types/notifications.ts'

/** Years of a noisy house. */
const MAX_KEPT = 50_000

type Row = typeof notifications.$inferSelect

export function createNotificationStore(client: Database): NotificationStore {
  const insert = client.prepare<[Omit<Row, 'id'>]>(
    `INSERT INTO notifications (at, incident_id, event_id, reason, severity, title, events, sources)
     VALUES (@at, @incident_id, @event_id, @reason, @severity, @title, @events, @sources)`,
  )
  const removeOld = client.prepare<[upTo: number]>('DELETE FROM notifications WHERE id <= ?')
  const pages = {
    all: createPage(client, 'at >= @since'),
    ofIncident: createPage(client, 'incident_id = @incidentId AND at >= @since'),
  }
  return {
    add(notification) {
      const { lastInsertRowid } = insert.run(notification)
      removeOld.run(Number(lastInsertRowid) - MAX_KEPT)
    },
    list: (filter) => (filter.incidentId === undefined ? pages.all : pages.ofIncident)(filter),
  }
}

function createPage(client: Database, condition: string) {
  const rows = client.prepare<[NotificationFilter], Row>(
    `SELECT * FROM notifications WHERE ${condition} ORDER BY at DESC, id DESC LIMIT @limit OFFSET @offset`,
  )
  const count = client.prepare<[NotificationFilter], number>(`SELECT count(*) FROM notifications WHERE ${condition}`)
  return (filter: NotificationFilter) => ({
    total: count.pluck().get(filter) ?? 0,
    notifications: rows.all(filter).map((row) => ({ ...row, at: toIso(row.at) })),
  })
}
