// Native notifications.
import { Notification } from 'electron'
import type { Event } from '../../shared/schemas/event.ts'
import type { NotificationMessage } from '../core/notify/message.ts'

/** @param open called with the event of a notification that was clicked */
export function createNotifier(open: (event: Event) => void): (notice: NotificationMessage) => void {
  /** Held while they are shown: what nothing refers to is collected, and its click is lost. */
  const shown = new Set<Notification>()

  return ({ event, title, body }) => {
    const urgency = event.severity === 'CRITICAL' ? 'critical' : 'normal'
    const notification = new Notification({ title, body, urgency })
    notification.on('click', () => open(event))
    notification.on('close', () => shown.delete(notification))
    shown.add(notification)
    notification.show()
  }
}
