// The sections of the list, and how their order stays stable while the user interacts with it.
import type { Event } from '../../../../shared/schemas/event.ts'

export interface Section {
  kind: 'firing' | 'acknowledged' | 'silenced' | 'all'
  events: readonly Event[]
}

/** What the lists themselves don't contain. */
export interface OrderHints {
  /** The latest state of an event that left the list. */
  newest: (id: number) => Event | undefined
  /** Whether the user acted on it, so that its move surprises nobody. */
  isActedOn: (id: number) => boolean
}

/**
 * The next sections while the user interacts with the list: existing rows keep their places and are updated, even if
 * they belong elsewhere now; new rows are inserted in order.
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
  const listed = new Set(next.flatMap(({ kind }) => keptOf(kind).map(({ id }) => id)))
  const result = next.map(({ kind, events }) => {
    const before = shown.find((section) => section.kind === kind)
    const kept = keptOf(kind).map((event) => current.get(event.id)?.event ?? newest(event.id) ?? event)
    const arranged = merged(
      events.filter(({ id }) => !listed.has(id)),
      kept,
    )
    return before && sameEvents(before.events, arranged) ? before : { kind, events: arranged }
  })
  return sameSections(shown, result) ? shown : result
}

/** Newest first, without moving kept rows. */
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
