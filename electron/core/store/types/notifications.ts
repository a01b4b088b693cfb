// The log of notifications. Times are milliseconds since 1970 in UTC.
import type { Notification } from '../../../../shared/schemas/notification.ts'

export interface NotificationFilter {
  incidentId?: number | undefined
  since: number
  limit: number
  offset: number
}

export interface NotificationStore {
  /** Inside a transaction. Removes the oldest if there are too many. */
  add(notification: Omit<Notification, 'id' | 'at'> & { at: number }): void
  /** Newest first, with the number on all pages. */
  list(filter: NotificationFilter): { total: number; notifications: Notification[] }
}
