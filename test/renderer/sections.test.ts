import { describe, expect, it } from 'vitest'
import { keepOrder, type Section } from '../../renderer/features/events/list/sections.ts'
import { eventOf } from './event-of.ts'

const one = eventOf(1)
const two = eventOf(2)
const three = eventOf(3, { status: 'ACKNOWLEDGED' })
const shown: Section[] = [
  { kind: 'firing', events: [two, one] },
  { kind: 'acknowledged', events: [three] },
]
const nothing = { newest: () => undefined, isActedOn: () => false }
const ids = (sections: readonly Section[]) => sections.map(({ events }) => events.map(({ id }) => id))

describe('a list during interaction', () => {
  it('stays the same object without changes', () => {
    const same = shown.map(({ kind, events }) => ({ kind, events: [...events] }))
    expect(keepOrder(shown, same, nothing)).toBe(shown)
  })

  it('inserts new events in order', () => {
    const four = eventOf(4)
    const next: Section[] = [{ kind: 'firing', events: [four, two, one] }, shown[1]!]
    expect(ids(keepOrder(shown, next, nothing))).toEqual([[4, 2, 1], [3]])
    const between = eventOf(9, { detected_at: one.detected_at })
    expect(ids(keepOrder(shown, [{ kind: 'firing', events: [two, between, one] }, shown[1]!], nothing))).toEqual([
      [2, 9, 1],
      [3],
    ])
  })

  it('updates an event without moving it', () => {
    const acknowledged = { ...one, status: 'ACKNOWLEDGED' } as const
    const next: Section[] = [
      { kind: 'firing', events: [two] },
      { kind: 'acknowledged', events: [three, acknowledged] },
    ]
    const kept = keepOrder(shown, next, nothing)
    expect(ids(kept)).toEqual([[2, 1], [3]])
    expect(kept[0]?.events[1]).toBe(acknowledged)
  })

  it('keeps an event that left the list, in its latest state', () => {
    const resolved = { ...two, status: 'RESOLVED' } as const
    const next: Section[] = [{ kind: 'firing', events: [one] }, shown[1]!]
    const knowing = { ...nothing, newest: (id: number) => (id === 2 ? resolved : undefined) }
    const kept = keepOrder(shown, next, knowing)
    expect(ids(kept)).toEqual([[2, 1], [3]])
    expect(kept[0]?.events[0]).toBe(resolved)
    expect(keepOrder(kept, next, knowing), 'and settles').toBe(kept)
  })

  it('moves what the user acted on', () => {
    const acknowledged = { ...two, status: 'ACKNOWLEDGED' } as const
    const next: Section[] = [
      { kind: 'firing', events: [] },
      { kind: 'acknowledged', events: [three, acknowledged] },
    ]
    const own = { ...nothing, isActedOn: (id: number) => id === 2 }
    const kept = keepOrder(shown, next, own)
    expect(ids(kept)).toEqual([[1], [3, 2]])
    expect(keepOrder(kept, next, own), 'and settles').toBe(kept)
  })
})
