// The title of an incident: what is wrong, on how much, without a number that could grow old.
import type { StoredEvent } from '../store/types/events.ts'
import type { IncidentRow } from '../store/types/incidents.ts'

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/**
 * @param first the event that began first
 * @param others how many there are beside it
 */
export function incidentTitle(
  first: StoredEvent,
  others: number,
  { sources, series }: Pick<IncidentRow, 'sources' | 'series'>,
) {
  if (others === 0) return first.title
  const on =
    sources === 1
      ? `${first.source}: ${counted(series, 'series', 'series')}`
      : `${counted(sources, 'source')}, ${counted(series, 'series', 'series')}`
  return `${on}; began with ${first.metric_type} on ${first.source}`
}
