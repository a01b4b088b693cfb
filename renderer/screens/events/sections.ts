// How a list is arranged, and how it stays put while somebody is in it.
import type { Event } from '../../../shared/schemas/event.ts'

export interface Section {
  kind: 'ringing' | 'acknowledged' | 'all'
  events: readonly Event[]
}

/**
 * The next arrangement for somebody whose pointer or selection is in the list: rows that are there keep their places,
 * with what is known of them now, even where they belong elsewhere by now; new ones come in at their place.
 *
 * @param newest what is known of an event that left the list
 */
export function hold(
  shown: readonly Section[],
  next: readonly Section[],
  newest: (id: number) => Event | undefined,
): readonly Section[] {
  const current = new Map(next.flatMap(({ events }) => events.map((event) => [event.id, event])))
  const placed = new Set(shown.flatMap(({ events }) => events.map(({ id }) => id)))
  const held = next.map(({ kind, events }) => {
    const before = shown.find((section) => section.kind === kind)
    const kept = (before?.events ?? []).map((event) => current.get(event.id) ?? newest(event.id) ?? event)
    const added = events.filter(({ id }) => !placed.has(id))
    return sameEvents(before?.events, [...added, ...kept]) ? before! : { kind, events: merged(added, kept) }
  })
  return sameSections(shown, held) ? shown : held
}

/** Newest first, without moving what is kept. */
function merged(added: readonly Event[], kept: readonly Event[]): Event[] {
  const result = [...kept]
  for (const event of added) {
    const at = result.findIndex((other) => other.detected_at <= event.detected_at)
    result.splice(at === -1 ? result.length : at, 0, event)
  }
  return result
}

const sameEvents = (one: readonly Event[] | undefined, other: readonly Event[]) =>
  one?.length === other.length && one.every((event, index) => event === other[index])

const sameSections = (one: readonly Section[], other: readonly Section[]) =>
  one.length === other.length && one.every((section, index) => section === other[index])
