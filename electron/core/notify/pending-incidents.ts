// Incidents whose notification waits for further events: those of one cause are raised one after the other.
import type { NotificationReason } from '../../../shared/schemas/notification.ts'
import { SECOND } from '../../../shared/domain/time.ts'
import type { Event } from '../../../shared/schemas/event.ts'

const GROUP_WAIT = SECOND

export interface PendingIncident {
  /** Why it notifies. */
  reason: NotificationReason
  /** The change that started the wait. */
  since: number
  /** The newest change among its events. */
  change: number
  /** What the notification will be about, by id. */
  events: Map<number, Event>
}

export interface PendingIncidents {
  get(incidentId: number): PendingIncident | undefined
  /** @param since the change that started the wait */
  begin(incidentId: number, since: number, reason: NotificationReason): PendingIncident
  /** The change that started the longest wait; infinite if nothing waits. */
  oldest(): number
  /** Whatever still waits is not sent. */
  end(): void
}

/** @param send is called after the wait, unless no events are left by then */
export function createPendingIncidents(send: (incident: PendingIncident) => void): PendingIncidents {
  const pending = new Map<number, PendingIncident>()
  const timers = new Set<NodeJS.Timeout>()
  return {
    get: (incidentId) => pending.get(incidentId),
    begin(incidentId, since, reason) {
      const incident = { reason, since, change: since, events: new Map<number, Event>() }
      pending.set(incidentId, incident)
      const timer = setTimeout(() => {
        timers.delete(timer)
        pending.delete(incidentId)
        if (incident.events.size > 0) send(incident)
      }, GROUP_WAIT).unref()
      timers.add(timer)
      return incident
    },
    oldest: () => Math.min(...Array.from(pending.values(), ({ since }) => since)),
    end: () => timers.forEach(clearTimeout),
  }
}
