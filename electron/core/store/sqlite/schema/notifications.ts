// The log of notifications. It outlives its events, so that what was shown can be read later.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Severity } from '../../../../../shared/schemas/event.ts'
import type { NotificationReason } from '../../../../../shared/schemas/notification.ts'
import { id } from './columns.ts'

export const notifications = sqliteTable(
  'notifications',
  {
    id: id(),
    at: integer('at').notNull(),
    incident_id: integer('incident_id').notNull(),
    event_id: integer('event_id').notNull(),
    reason: text('reason').$type<NotificationReason>().notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    title: text('title').notNull(),
    events: integer('events').notNull(),
    sources: integer('sources').notNull(),
  },
  (table) => [
    index('notifications_by_time').on(table.at),
    index('notifications_by_incident').on(table.incident_id, table.at),
  ],
)
