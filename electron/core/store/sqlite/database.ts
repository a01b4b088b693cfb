// The connection: opens the file, sets it up and brings its tables up to date.
import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { setDurableWrites } from './durable-writes.ts'

/** One connection: `client` for prepared statements, `orm` for drizzle. */
export interface Database {
  client: Sqlite.Database
  orm: BetterSQLite3Database
}

const BUSY_TIMEOUT_MS = 2000
/** While the program runs, all requests wait for a statement that waits. */
const BUSY_TIMEOUT_RUNNING_MS = 100
const CACHE_KIB = 32 * 1024

export function openDatabase(file: string, migrationsDir: string): Database {
  // SQLite would make the file readable by everyone. Its -wal and -shm files get the mode of the file.
  closeSync(openSync(file, 'a', 0o600))
  const client = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    if (isNewer(client, migrationsDir)) throw newer(file)
    // This works only before the first table exists and before WAL writes the first page.
    client.pragma('auto_vacuum = INCREMENTAL')
    client.pragma('journal_mode = WAL')
    setDurableWrites(client, false)
    client.pragma(`cache_size = -${CACHE_KIB}`)
    // A migration that rebuilds a table would violate foreign keys, and inside the migrator's transaction the switch
    // has no effect.
    client.pragma('foreign_keys = OFF')
    const orm = drizzle({ client })
    migrate(orm, { migrationsFolder: migrationsDir })
    client.pragma('foreign_keys = ON')
    client.pragma(`busy_timeout = ${BUSY_TIMEOUT_RUNNING_MS}`)
    return { client, orm }
  } catch (error) {
    client.close()
    throw error
  }
}

/** Whether a newer version wrote it. The migrator only goes forward and would not notice that. */
export function isNewer(client: Sqlite.Database, migrationsDir: string): boolean {
  const known = knownMigrations(migrationsDir)
  return appliedMigrations(client).some((at) => !known.includes(at))
}

/** Whether an earlier version wrote it, so that opening it changes its tables. */
export function hasPendingMigrations(client: Sqlite.Database, migrationsDir: string): boolean {
  const applied = appliedMigrations(client)
  return applied.length > 0 && knownMigrations(migrationsDir).some((at) => !applied.includes(at))
}

const knownMigrations = (migrationsDir: string): number[] =>
  readMigrationFiles({ migrationsFolder: migrationsDir }).map(({ folderMillis }) => folderMillis)

/** None for a new database. */
function appliedMigrations(client: Sqlite.Database): number[] {
  const journal = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get()
  return journal ? client.prepare<[], number>('SELECT created_at FROM __drizzle_migrations').pluck().all() : []
}

const newer = (file: string) =>
  new Error(`${file} was written by a newer version of Tocsin. Update Tocsin, or use another data folder.`)
