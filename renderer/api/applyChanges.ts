// A fetched list of events with the changes that the stream has reported since.
import type { Event } from '../../shared/schemas/event.ts'
import type { ReceivedChanges } from './live.ts'

export interface Snapshot {
  events: readonly Event[]
  /** When the request was sent: the answer contains earlier changes. Milliseconds since 1970. */
  asOf: number
  /** Whether newer events belong before these, as on a first page. */
  newest: boolean
  /** The maximum length of the list. */
  limit: number
}

/**
 * The list as a new request would return it: changed events are replaced, those that no longer match are removed, and
 * on a first page new matches are added. Newest first.
 */
export function applyChanges(
  { events, asOf, newest, limit }: Snapshot,
  changes: ReceivedChanges,
  matches: (event: Event) => boolean,
): Event[] {
  const since = [...changes.values()].filter(({ at }) => at >= asOf).map(({ event }) => event)
  if (since.length === 0) return events.slice(0, limit)
  const listed = new Map(events.map((event) => [event.id, event]))
  for (const event of since) if (newest || listed.has(event.id)) listed.set(event.id, event)
  return [...listed.values()].filter(matches).toSorted(byNewest).slice(0, limit)
}

const byNewest = (one: Event, other: Event) =>
  Date.parse(other.detected_at) - Date.parse(one.detected_at) || other.id - one.id
