// Notifications: what the user was notified of.
import { notificationPage, notificationsQuery } from '../../schemas/notification.ts'
import { BASE, operation } from '../operation.ts'

export const notifications = {
  listNotifications: operation({
    method: 'GET',
    path: `${BASE}/notifications`,
    summary: 'List notifications, newest first',
    query: notificationsQuery,
    status: 200,
    answer: notificationPage,
  }),
}
