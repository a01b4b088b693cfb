// A backup of the database before a newer version migrates it.
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { hasPendingMigrations } from '../sqlite/database.ts'
import { backUp } from './backup.ts'
import { asNameOf } from './file-names.ts'

interface Upgrade {
  /** The database. */
  file: string
  migrationsDir: string
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Returns the file of the backup, in `backups/` beside the database; undefined if there is nothing to migrate.
 *
 * @throws Error in plain words if it can't be made
 */
export async function backUpBeforeUpgrade({ file, migrationsDir, now }: Upgrade): Promise<string | undefined> {
  if (!existsSync(file) || !isUpgrade(file, migrationsDir)) return undefined
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const to = join(folder, `tocsin-before-upgrade-${asNameOf(now)}.db`)
  await backUp(file, to)
  return to
}

function isUpgrade(file: string, migrationsDir: string): boolean {
  const client = new Sqlite(file, { readonly: true })
  try {
    return hasPendingMigrations(client, migrationsDir)
  } finally {
    client.close()
  }
}
