import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHANGES_KEPT } from '../../../../electron/core/store/tables/changes.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { raiseOn } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'
import { event as contract } from '../../../../shared/schemas/event.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

test('changes rise and keep each event as it was then', () => {
  const event = raiseOn(store, { source: 'é' })
  const raised = store.changes.append('anomaly_detected', event)
  expect(contract.strict().parse(raised.event), 'exactly what the contract declares').toEqual(raised.event)
  const updated = store.changes.append('event_updated', store.events.update(event.id, { status: 'RESOLVED' }))
  expect(raised).toMatchObject({
    id: 1,
    kind: 'anomaly_detected',
    event: { id: event.id, source: 'é', status: 'OPEN' },
  })
  expect(updated).toMatchObject({ id: 2, kind: 'event_updated', event: { status: 'RESOLVED' } })
  store = temporary.reopen()
  expect(store.changes.after(0, 9)).toEqual([raised, updated])
  expect(store.changes.after(0, 1)).toEqual([raised])
  expect(store.changes.after(1, 9)).toEqual([updated])
  expect(store.changes.after(2, 9)).toEqual([])
  expect(store.changes.append('event_updated', event).id).toBe(3)
})

test('bounds are those of what is kept', () => {
  expect(store.changes.bounds()).toEqual({ oldest: 0, newest: 0 })
  const event = raiseOn(store)
  store.changes.append('event_updated', event)
  store.changes.append('event_updated', event)
  expect(store.changes.bounds()).toEqual({ oldest: 1, newest: 2 })
})

test('only the newest are kept', () => {
  const event = raiseOn(store)
  const kept: number[] = []
  store.transaction(() => {
    for (let id = 1; id <= CHANGES_KEPT + 2500; id++) {
      store.changes.append('event_updated', event)
      const { oldest, newest } = store.changes.bounds()
      expect(newest).toBe(id)
      kept.push(newest - oldest + 1)
    }
  })
  expect(Math.min(...kept.slice(CHANGES_KEPT))).toBe(CHANGES_KEPT)
  expect(Math.max(...kept)).toBeLessThan(CHANGES_KEPT * 1.1)
  expect(store.changes.after(0, 1)).toMatchObject([{ id: store.changes.bounds().oldest }])
})
