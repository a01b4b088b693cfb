// A copy of the built headless program with one migration more, which rebuilds the table that samples come into.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

export const ROOT = join(import.meta.dirname, '../../..')

/** Below node_modules, so that the copy finds its packages. */
const COPIES = join(ROOT, 'node_modules/.cache/tocsin-tests')

const TAG = '9999_log_again'
/** Later than every other's. */
const WHEN = 4e12
const MIGRATION = `CREATE TABLE \`__new_log\` (\`first_id\` integer PRIMARY KEY NOT NULL, \`last_id\` integer NOT NULL, \`data\` blob NOT NULL);
--> statement-breakpoint
INSERT INTO \`__new_log\` SELECT \`first_id\`, \`last_id\`, \`data\` FROM \`log\`;
--> statement-breakpoint
DROP TABLE \`log\`;
--> statement-breakpoint
ALTER TABLE \`__new_log\` RENAME TO \`log\`;`

export const headlessIn = (root: string) => join(root, 'out/headless/index.js')

export function copyWithMigration(): { root: string; remove(): void } {
  mkdirSync(COPIES, { recursive: true })
  const root = mkdtempSync(join(COPIES, 'migrating-'))
  for (const folder of ['out/headless', 'out/chunks', 'out/workers', 'resources', 'package.json'])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true })
  symlinkSync(join(ROOT, 'out/renderer'), join(root, 'out/renderer'))
  const migrations = join(root, 'resources/migrations')
  const journalFile = join(migrations, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: object[] }
  journal.entries.push({ idx: 9999, version: '6', when: WHEN, tag: TAG, breakpoints: true })
  writeFileSync(journalFile, JSON.stringify(journal))
  writeFileSync(join(migrations, `${TAG}.sql`), MIGRATION)
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Removes that migration from the database's list, so that the shipped program opens it. Returns whether it was applied. */
export function undoMigration(file: string): boolean {
  const client = new Sqlite(file)
  const { changes } = client.prepare('DELETE FROM __drizzle_migrations WHERE created_at = ?').run(WHEN)
  client.close()
  return changes > 0
}
