import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBlockTable } from '../../../../electron/core/store/samples/blocks.ts'
import { openDatabase } from '../../../../electron/core/store/sqlite/database.ts'
import { migrationsDir, temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let client: Database
beforeEach(() => {
  temporary = temporaryStore()
  client = openDatabase(temporary.file, migrationsDir).client
})
afterEach(() => {
  client.close()
  temporary.remove()
})

test('what is asked of one series never walks through the blocks of others', () => {
  const prepare = vi.spyOn(client, 'prepare')
  createBlockTable(client)
  const texts = prepare.mock.calls.map(([text]) => text)
  const asked = texts.filter((text) => /^\s*(SELECT|UPDATE) .* WHERE series_id = /s.test(text))
  expect(asked).toHaveLength(11)
  for (const text of asked) {
    const plan = client.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replace(/@\w+|\?/g, '1')}`).all()
    expect(plan[0]!.detail).toMatch(/^SEARCH blocks USING (COVERING )?INDEX blocks_by_series \(series_id=\?/)
  }
})
