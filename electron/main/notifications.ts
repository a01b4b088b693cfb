// Native notifications: one for an incident, and another only when it gets worse.
import { Notification } from 'electron'
import type { Change } from '../../shared/contract/stream.ts'
import { SEVERITIES, type Event, type Severity } from '../../shared/schemas/event.ts'

interface Options {
  /** Whether events of this severity notify. */
  wanted(severity: Severity): boolean
  /** A click on the notification of this event. */
  open(event: Event): void
}

/** Incidents remembered; older ones would not ring again for the same reason. */
const REMEMBERED = 1000

export function createNotifier({ wanted, open }: Options): (change: Change) => void {
  const told = new Map<number, number>()
  /** Held while they are shown: what nothing refers to is collected, and its click is lost. */
  const shown = new Set<Notification>()

  return ({ event }) => {
    const rank = SEVERITIES.indexOf(event.severity)
    if (event.status !== 'OPEN' || !wanted(event.severity)) return
    if (rank <= (told.get(event.incident_id) ?? -1)) return
    told.set(event.incident_id, rank)
    if (told.size > REMEMBERED) told.delete(told.keys().next().value!)

    const urgency = event.severity === 'CRITICAL' ? 'critical' : 'normal'
    const notification = new Notification({ title: event.title, body: event.description, urgency })
    notification.on('click', () => open(event))
    notification.on('close', () => shown.delete(notification))
    shown.add(notification)
    notification.show()
  }
}
