// The first start of a newer version: a backup is made before the database is migrated.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUpBeforeUpgrade } from '../../../electron/core/store/recovery/backup-before-upgrade.ts'
import { openDatabase } from '../../../electron/core/store/sqlite/database.ts'
import { migrationsDir } from '../store/temporary-store.ts'
import { START, temporaryApp } from './temporary-app.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-upgrade-'))
  file = join(folder, 'tocsin.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A database as a version with so many migrations left it. */
function earlierDatabase(count: number, at = file): void {
  const earlier = join(folder, 'migrations')
  cpSync(migrationsDir, earlier, { recursive: true })
  const journal = join(earlier, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }))
  openDatabase(at, earlier).client.close()
}

const migrationsIn = (database: string): number => {
  const client = new Sqlite(database, { readonly: true })
  try {
    return client.prepare<[], number>('SELECT count(*) FROM __drizzle_migrations').pluck().get()!
  } finally {
    client.close()
  }
}

const upgrade = () => backUpBeforeUpgrade({ file, migrationsDir, now: START })

it('keeps the database as it was before the migration, once', async () => {
  earlierDatabase(7)
  const backup = await upgrade()
  expect(migrationsIn(backup!)).toBe(7)
  openDatabase(file, migrationsDir).client.close()
  expect(await upgrade()).toBeUndefined()
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
})

it('makes none of a new database', async () => {
  expect(await upgrade()).toBeUndefined()
  expect(existsSync(join(folder, 'backups'))).toBe(false)
})

it('is made at the start, and a start goes on without it, with a notice', async () => {
  earlierDatabase(7)
  const app = await temporaryApp({ dataDir: folder })
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
  expect((await app.client.getHealth()).notices).toEqual([])
  await app.remove()

  mkdirSync(folder, { recursive: true })
  earlierDatabase(7)
  writeFileSync(join(folder, 'backups'), 'in the way')
  const other = await temporaryApp({ dataDir: folder })
  expect((await other.client.getHealth()).notices).toEqual([
    expect.objectContaining({
      kind: 'upgrade',
      text: expect.stringMatching(/^No backup was made before the upgrade: /),
    }),
  ])
  await other.remove()
})
