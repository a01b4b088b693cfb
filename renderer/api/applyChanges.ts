// What was read, brought up to date by what the stream brought since.
import type { Event } from '../../shared/schemas/event.ts'
import type { ReceivedChanges } from './live.ts'

export interface Snapshot {
  events: readonly Event[]
  /** When the reading began: changes that came before are in it. Milliseconds since 1970. */
  asOf: number
  /** Whether newer events would stand before these, as they do on a first page. */
  newest: boolean
  /** How many events the list has at most. */
  limit: number
}

/**
 * The list as it would be read now: changed events replaced, those that no longer match gone, and, in a list of the
 * newest, those that match now added. Newest first.
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
