// Which incident an event belongs to: that of the newest event of its source, where that one came shortly before.
import type { EventStore, StoredEvent } from '../store/types/events.ts'
import type { StoredSample } from '../store/types/samples.ts'

/** Events of one source that come within this time are one incident. */
const INCIDENT_SPAN = 60_000

/** Some megabytes of memory. */
const MAX_REMEMBERED = 10_000

export interface Incidents {
  /** The incident that an event raised by this sample joins; null where it begins one. */
  toJoin(sample: StoredSample): number | null
  /** Hears of every event on a real series that was raised. */
  raised(sample: StoredSample, event: StoredEvent): void
  /** Forgets what it heard, after a write has failed. */
  forget(): void
}

interface Newest {
  at: number
  incidentId: number
}

/**
 * When much rings at once, looking for the neighbours of each event among all the others would cost the square of their
 * number: the newest event of each source is remembered.
 */
export function createIncidents(events: Pick<EventStore, 'newestOfSource'>): Incidents {
  const newestOf = new Map<string, Newest>()

  const look = ({ source, drill, time }: StoredSample, to: number): Newest | undefined => {
    const event = events.newestOfSource(source, drill, time - INCIDENT_SPAN, to)
    return event && { at: Date.parse(event.detected_at), incidentId: event.incident_id }
  }

  const remember = (source: string, newest: Newest) => {
    if (newestOf.size >= MAX_REMEMBERED) newestOf.clear()
    newestOf.set(source, newest)
  }

  return {
    toJoin(sample) {
      const { source, drill, time } = sample
      if (drill) return look(sample, time)?.incidentId ?? null
      const newest = newestOf.get(source) ?? look(sample, Number.MAX_SAFE_INTEGER)
      if (newest) remember(source, newest)
      // Series of one source need not agree on the time: this event comes before one that is there already.
      if (newest && newest.at > time) return look(sample, time)?.incidentId ?? null
      return newest && time - newest.at <= INCIDENT_SPAN ? newest.incidentId : null
    },
    raised({ source, time }, { incident_id }) {
      const newest = newestOf.get(source)
      if (!newest || newest.at <= time) remember(source, { at: time, incidentId: incident_id })
    },
    forget: () => newestOf.clear(),
  }
}
