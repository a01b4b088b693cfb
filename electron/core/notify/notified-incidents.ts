// The incidents of which the user was notified: what the notification said, and whether an event is new beside it.
import { isLive } from '../../../shared/domain/event-status.ts'
import { onsetOf } from '../../../shared/domain/onset.ts'
import { MINUTE } from '../../../shared/domain/time.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'
import type { LiveEvents } from './live-events.ts'
import { remember } from './remember.ts'

/** What begins so long after a notification is new to whoever read it, in whichever incident it is. */
const NEW_AFTER = 10 * MINUTE

/** So long after a notification, one more says that the incident has spread. */
const SPREAD_WAIT = 5 * MINUTE

export interface Notified {
  /** The highest severity. */
  rank: number
  /** The newest change included. */
  change: number
  /** The sources of the events included, and when the newest of them was seen; left out by earlier versions. */
  sources?: string[]
  at?: number
  /** Whether it was notified that it has spread, which happens once. */
  hasSpread?: boolean
  /** Whether its end is in the log. */
  hasEnded?: boolean
}

export function createNotifiedIncidents(saved: [incident: number, Notified][], liveEvents: LiveEvents) {
  const incidents = new Map(saved)
  return {
    /** The newest change of which the user was notified; 0 if none. */
    newestChange: ({ incident_id }: Event): number => incidents.get(incident_id)?.change ?? 0,
    /**
     * The rank of the severity that the user was notified of; -1 for none.
     *
     * @param silencedSince the change that began the newest silence of this event, if it had one: a notification before
     *   it does not count once the silence is over, such as after a snooze
     */
    rankOf({ incident_id, source }: Event, silencedSince: number | undefined): number {
      const before = incidents.get(incident_id)
      if (!before || before.change <= (silencedSince ?? 0)) return -1
      if (!before.sources || before.sources.includes(source)) return before.rank
      // It was not among what was notified, and is not part of it if it was held back or nothing of that is left.
      const live = liveEvents.sourcesOfIncident(incident_id)
      return silencedSince !== undefined || !before.sources.some((other) => live.has(other)) ? -1 : before.rank
    },
    hasSpread({ incident_id, last_seen_at }: Event): boolean {
      const before = incidents.get(incident_id)
      if (!before?.sources || before.hasSpread || Date.parse(last_seen_at) - before.at! < SPREAD_WAIT) return false
      const sources = new Set([...before.sources, ...liveEvents.sourcesOfIncident(incident_id)])
      return sources.size >= 2 * before.sources.length
    },
    /** An incident lives for hours: an outage may begin in one that was notified for a full disk. */
    isLater(event: Event): boolean {
      const at = incidents.get(event.incident_id)?.at
      return at !== undefined && Date.parse(onsetOf(event)) - at > NEW_AFTER
    },
    /** Whether nothing of the incident is left; true once. */
    hasEnded({ incident_id, status }: Event): boolean {
      const before = incidents.get(incident_id)
      if (!before || before.hasEnded || isLive({ status }) || liveEvents.sourcesOfIncident(incident_id).size > 0)
        return false
      before.hasEnded = true
      return true
    },
    /** @param events of one incident, at least one */
    add(events: readonly Event[], change: number): void {
      const incidentId = events[0]!.incident_id
      const before = incidents.get(incidentId)
      const sources = [...new Set([...(before?.sources ?? []), ...events.map(({ source }) => source)])]
      remember(incidents, incidentId, {
        rank: Math.max(...events.map(({ severity }) => rankOf(severity))),
        change,
        sources,
        at: Math.max(...events.map(({ last_seen_at }) => Date.parse(last_seen_at))),
        hasSpread: before?.sources !== undefined && sources.length >= 2 * before.sources.length,
      })
    },
    entries: () => [...incidents],
  }
}

export const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity)
