import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let store: Store
beforeEach(() => {
  temporary = temporaryStore()
  store = temporary.store
})
afterEach(() => temporary.remove())

const answer = { path: '/metrics', key: 'k1', digest: 'abc', answer: { saved: 3, detection: 'queued' }, at: T0 }

test('an answer is remembered per path and key, across a restart', () => {
  store.idempotency.remember(answer)
  store.idempotency.remember({ ...answer, path: '/metrics/batch', digest: 'def' })
  store = temporary.reopen()
  expect(store.idempotency.find('/metrics', 'k1')).toEqual(answer)
  expect(store.idempotency.find('/metrics/batch', 'k1')).toMatchObject({ digest: 'def' })
  expect(store.idempotency.find('/metrics', 'K1')).toBeUndefined()
})

test('a key that is used again after its time gets the new answer', () => {
  store.idempotency.remember(answer)
  store.idempotency.remember({ ...answer, digest: 'new', at: T0 + 1 })
  expect(store.idempotency.find('/metrics', 'k1')).toEqual({ ...answer, digest: 'new', at: T0 + 1 })
})

test('what is older than a time is deleted', () => {
  store.idempotency.remember(answer)
  store.idempotency.remember({ ...answer, key: 'k2', at: T0 + 1 })
  store.idempotency.removeBefore(T0 + 1)
  expect(store.idempotency.find('/metrics', 'k1')).toBeUndefined()
  expect(store.idempotency.find('/metrics', 'k2')).toBeDefined()
})

test('settings outlive a restart', () => {
  expect(store.settings.get('theme')).toBeUndefined()
  store.settings.set('theme', 'dark')
  store.settings.set('theme', 'hell – „ü“')
  expect(temporary.reopen().settings.get('theme')).toBe('hell – „ü“')
})
