import { describe, expect, it } from 'vitest'
import type { Event } from '../../shared/schemas/event.ts'
import type { ReceivedEvent } from '../../renderer/api/live.ts'
import { applyChanges } from '../../renderer/api/applyChanges.ts'
import { eventOf } from './event-of.ts'

const isOpen = ({ status }: Event) => status === 'OPEN'
const changes = (...received: [Event, number][]) =>
  new Map(received.map(([event, at]): [number, ReceivedEvent] => [event.id, { event, at, raised: false }]))
const ids = (events: readonly Event[]) => events.map(({ id }) => id)

describe('a list with applied changes', () => {
  const snapshot = { events: [eventOf(3), eventOf(2), eventOf(1)], asOf: 1000, newest: true, limit: 10 }

  it('is unchanged without changes', () => {
    expect(ids(applyChanges(snapshot, changes(), isOpen))).toEqual([3, 2, 1])
  })

  it('inserts a new event by its time', () => {
    expect(ids(applyChanges(snapshot, changes([eventOf(4), 1000]), isOpen))).toEqual([4, 3, 2, 1])
    const late = eventOf(9, { detected_at: eventOf(2).detected_at })
    expect(ids(applyChanges(snapshot, changes([late, 1000]), isOpen))).toEqual([3, 9, 2, 1])
  })

  it('updates an event, and drops one that no longer matches', () => {
    const [first] = applyChanges(snapshot, changes([eventOf(3, { occurrences: 7 }), 1000]), isOpen)
    expect(first).toMatchObject({ id: 3, occurrences: 7 })
    expect(ids(applyChanges(snapshot, changes([eventOf(2, { status: 'RESOLVED' }), 1000]), isOpen))).toEqual([3, 1])
  })

  it('ignores a change that came before the request', () => {
    expect(ids(applyChanges(snapshot, changes([eventOf(2, { status: 'RESOLVED' }), 999]), isOpen))).toEqual([3, 2, 1])
  })

  it('adds nothing on a later page, and is never longer than a page', () => {
    expect(ids(applyChanges({ ...snapshot, newest: false }, changes([eventOf(4), 1000]), isOpen))).toEqual([3, 2, 1])
    expect(ids(applyChanges({ ...snapshot, limit: 3 }, changes([eventOf(4), 1000]), isOpen))).toEqual([4, 3, 2])
    expect(ids(applyChanges({ ...snapshot, limit: 3 }, changes([eventOf(0), 1000]), isOpen))).toEqual([3, 2, 1])
  })
})
