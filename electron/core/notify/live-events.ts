// The live events that may notify: whether another one covers an event, and on how many sources an incident is.
import { isLive } from '../../../shared/domain/event-status.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { remember } from './remember.ts'

export type LiveEvents = ReturnType<typeof createLiveEvents>

/** The live events of each series that are not silenced. Events for missing data are separate. */
export function createLiveEvents() {
  const bySeries = new Map<string, Map<number, Event>>()
  const all = () => [...bySeries.values()].flatMap((events) => [...events.values()])
  return {
    apply(event: Event): void {
      const key = keyOf(event)
      const events = bySeries.get(key) ?? new Map<number, Event>()
      if (isLive(event) && !event.silenced_by) events.set(event.id, event)
      else events.delete(event.id)
      if (events.size > 0) remember(bySeries, key, events)
      else bySeries.delete(key)
    },
    sourcesOfIncident: (id: number): ReadonlySet<string> =>
      new Set(
        all()
          .filter(({ incident_id }) => incident_id === id)
          .map(({ source }) => source),
      ),
    /** The other live events of the same series. */
    othersOfSeries: (event: Event): Event[] =>
      [...(bySeries.get(keyOf(event))?.values() ?? [])].filter(({ id }) => id !== event.id),
  }
}

const keyOf = ({ source, metric_type, drill, method }: Event) =>
  JSON.stringify([source, metric_type, drill, method === 'NO_DATA'])
