// A process that opens a database with one migration more, which makes a table and fills it for minutes.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openDatabase } from '../../electron/core/store/sqlite/database.ts'

const file = process.argv[2]!
const migrationsDir = mkdtempSync(join(dirname(file) || tmpdir(), 'migrations-'))
cpSync(join(import.meta.dirname, '../../resources/migrations'), migrationsDir, { recursive: true })

const TAG = '9999_slow'
const journalFile = join(migrationsDir, 'meta/_journal.json')
const journal = JSON.parse(readFileSync(journalFile, 'utf8'))
journal.entries.push({ idx: 9999, version: '6', when: 4e12, tag: TAG, breakpoints: true })
writeFileSync(journalFile, JSON.stringify(journal))
writeFileSync(
  join(migrationsDir, `${TAG}.sql`),
  `CREATE TABLE slow (text);
--> statement-breakpoint
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000)
INSERT INTO slow SELECT hex(randomblob(200)) FROM n;`,
)
console.log('migrating')
openDatabase(file, migrationsDir)
