import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import Sqlite from 'better-sqlite3'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { openStore } from '../../../electron/core/store/open.ts'
import * as eventTables from '../../../electron/core/store/sqlite/schema/events.ts'
import * as programTables from '../../../electron/core/store/sqlite/schema/program.ts'
import * as ruleTables from '../../../electron/core/store/sqlite/schema/rules.ts'
import * as sampleTables from '../../../electron/core/store/sqlite/schema/samples.ts'
import { appendTo } from './examples.ts'
import { migrationsDir, temporaryStore, type TemporaryStore } from './temporary-store.ts'

let temporary: TemporaryStore
beforeEach(() => (temporary = temporaryStore()))
afterEach(() => temporary.remove())

function outside<T>(look: (client: Sqlite.Database) => T): T {
  const client = new Sqlite(temporary.file)
  try {
    return look(client)
  } finally {
    client.close()
  }
}
const open = () => openStore({ file: temporary.file, migrationsDir, log: silentLog })

test.skipIf(process.platform === 'win32')('the files are their owner’s alone, whatever the umask', () => {
  const before = process.umask(0)
  const open = temporaryStore()
  process.umask(before)
  try {
    appendTo(open.store, {})
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(open.file + suffix).mode & 0o777).toBe(0o600)
  } finally {
    open.remove()
  }
})

test('the file can give space back in steps, and is written ahead', () => {
  appendTo(temporary.store, {})
  outside((client) => {
    expect(client.pragma('auto_vacuum', { simple: true })).toBe(2)
    expect(client.pragma('journal_mode', { simple: true })).toBe('wal')
  })
})

test('foreign keys hold', () => {
  const { store } = temporary
  expect(() =>
    store.events.addToTimeline(9, { at: '2026-01-01T00:00:00.000Z', kind: 'raised', who: 'x', comment: null }),
  ).toThrow('FOREIGN KEY')
})

describe('a database of a newer version', () => {
  const makeNewer = () => {
    temporary.store.close()
    outside((client) =>
      client.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run('unknown', 4e12),
    )
  }

  test('is refused in clear words and left as it is', () => {
    makeNewer()
    const before = readFileSync(temporary.file)
    expect(open).toThrow(/tocsin\.db was written by a newer version of Tocsin\. Update Tocsin/)
    expect(readFileSync(temporary.file)).toEqual(before)
  })

  test('is let go of, so that its own version can open it', () => {
    makeNewer()
    expect(open).toThrow('newer version')
    expect(existsSync(`${temporary.file}-shm`)).toBe(false)
  })
})

test('what is no database is refused and left as it is', () => {
  temporary.store.close()
  writeFileSync(temporary.file, 'not a database, '.repeat(1000))
  expect(open).toThrow('not a database')
  expect(readFileSync(temporary.file, 'utf8')).toBe('not a database, '.repeat(1000))
})

test('the migrations create what the schema declares', () => {
  const modules = [sampleTables, ruleTables, eventTables, programTables]
  const tables = modules.flatMap((tables) => Object.values(tables)).map((table: SQLiteTable) => getTableConfig(table))
  expect(tables).toHaveLength(17)
  outside((client) => {
    for (const { name, columns, indexes } of tables) {
      const made = client.pragma(`table_info(${name})`) as { name: string; notnull: number; type: string }[]
      // A column that was added later comes last in the database, wherever it stands in the schema.
      const found = new Map(made.map((column) => [column.name, [column.type.toLowerCase(), column.notnull === 1]]))
      expect(found).toEqual(new Map(columns.map((column) => [column.name, [column.getSQLType(), column.notNull]])))
      const madeIndexes = (client.pragma(`index_list(${name})`) as { name: string }[]).map((index) => index.name)
      expect(madeIndexes).toEqual(expect.arrayContaining(indexes.map(({ config }) => config.name)))
    }
  })
})
