// How a list is arranged, and how it stays put while somebody is in it.
import type { Event } from '../../../../shared/schemas/event.ts'

export interface Section {
  kind: 'firing' | 'acknowledged' | 'silenced' | 'all'
  events: readonly Event[]
}

/** What is known beyond the lists. */
export interface OrderHints {
  /** The newest state of an event that left the list. */
  newest: (id: number) => Event | undefined
  /** Whether somebody here did something with it, so that its going surprises nobody. */
  isActedOn: (id: number) => boolean
}

/**
 * The next arrangement for somebody whose pointer or selection is in the list: rows that are there keep their places,
 * with what is known of them now, even where they belong elsewhere by now; new ones come in at their place.
 */
export function keepOrder(
  shown: readonly Section[],
  next: readonly Section[],
  { newest, isActedOn }: OrderHints,
): readonly Section[] {
  const current = new Map(next.flatMap(({ kind, events }) => events.map((event) => [event.id, { kind, event }])))
  const stays = (kind: Section['kind']) => (event: Event) =>
    !isActedOn(event.id) || current.get(event.id)?.kind === kind
  const keptOf = (kind: Section['kind']) =>
    (shown.find((section) => section.kind === kind)?.events ?? []).filter(stays(kind))
  const placed = new Set(next.flatMap(({ kind }) => keptOf(kind).map(({ id }) => id)))
  const result = next.map(({ kind, events }) => {
    const before = shown.find((section) => section.kind === kind)
    const kept = keptOf(kind).map((event) => current.get(event.id)?.event ?? newest(event.id) ?? event)
    const arranged = merged(
      events.filter(({ id }) => !placed.has(id)),
      kept,
    )
    return before && sameEvents(before.events, arranged) ? before : { kind, events: arranged }
  })
  return sameSections(shown, result) ? shown : result
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

const sameEvents = (one: readonly Event[], other: readonly Event[]) =>
  one.length === other.length && one.every((event, index) => event === other[index])

const sameSections = (one: readonly Section[], other: readonly Section[]) =>
  one.length === other.length && one.every((section, index) => section === other[index])
