// Native notifications of what is to be told.
import { Notification } from 'electron'
import type { Change } from '../../shared/contract/stream.ts'
import type { Event, Severity } from '../../shared/schemas/event.ts'
import { createNotices } from '../core/delivery/notices.ts'

interface Options {
  /** Whether events of this severity notify now. */
  wanted(severity: Severity): boolean
  /** A click on the notification of this event. */
  open(event: Event): void
}

export function createNotifier({ wanted, open }: Options): (change: Change) => void {
  /** Held while they are shown: what nothing refers to is collected, and its click is lost. */
  const shown = new Set<Notification>()

  return createNotices(wanted, ({ event, title, body }) => {
    const urgency = event.severity === 'CRITICAL' ? 'critical' : 'normal'
    const notification = new Notification({ title, body, urgency })
    notification.on('click', () => open(event))
    notification.on('close', () => shown.delete(notification))
    shown.add(notification)
    notification.show()
  })
}
