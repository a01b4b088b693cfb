// Replaces the database by a backup. Everything that can fail is tried on a copy first, and the replaced database is
// kept beside it under another name.
import {
  closeSync,
  copyFileSync,
  constants,
  existsSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sync } from './backup.ts'
import { integrityErrorIn } from './integrity.ts'
import { isNewer, openDatabase } from '../sqlite/database.ts'
import { asNameOf, moveLog } from './file-names.ts'

interface Restoring {
  /** The backup, which is not changed. */
  from: string
  /** The database to replace. No program may have it open. */
  file: string
  migrationsDir: string
  /** Milliseconds since 1970. */
  now: number
}

export interface Restored {
  /** The new name of the replaced database; undefined if there was none. */
  kept: string | undefined
  events: number
  rules: number
  series: number
}

const HEADER = 'SQLite format 3\0'

/** @throws Error in plain words if the backup can't be used; nothing is changed then */
export function restore({ from, file, migrationsDir, now }: Restoring): Restored {
  refuseOtherFiles(from)
  const copy = `${file}.restoring`
  removeAll(copy)
  try {
    takeCopy(from, copy)
    const counts = tryOut(copy, from, migrationsDir)
    sync(copy)
    const kept = keep(file, `${file}.replaced-${asNameOf(now)}`)
    renameSync(copy, file)
    sync(dirname(file))
    return { kept, ...counts }
  } catch (error) {
    removeAll(copy)
    throw error
  }
}

function refuseOtherFiles(from: string) {
  if (!existsSync(from)) throw new Error(`there is no file ${from}.`)
  if (!beginsAsDatabase(from)) throw new Error(`${from} is no backup: it is not a SQLite database.`)
}

function beginsAsDatabase(file: string): boolean {
  const start = Buffer.alloc(HEADER.length)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, start)
  } finally {
    closeSync(handle)
  }
  return start.toString('latin1') === HEADER
}

/** Copies the backup with its log, which a database that was copied by hand may have. */
function takeCopy(from: string, to: string) {
  closeSync(openSync(to, 'wx', 0o600))
  copyFileSync(from, to)
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`)
}

/** Opens the copy as a start does, migrations included, and leaves it as one file. */
function tryOut(copy: string, from: string, migrationsDir: string) {
  refuseUnusable(copy, from, migrationsDir)
  const { client } = openDatabase(copy, migrationsDir)
  try {
    client.pragma('journal_mode = DELETE')
    const counted = (table: string) => client.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
    return { events: counted('events'), rules: counted('rules'), series: counted('series') }
  } finally {
    client.close()
  }
}

function refuseUnusable(copy: string, from: string, migrationsDir: string) {
  const client = new Sqlite(copy)
  try {
    const damage = integrityErrorIn(client)
    if (damage !== undefined) throw new Error(`${from} is damaged: ${damage}`)
    const isOurs = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get()
    if (!isOurs) throw new Error(`${from} is a database, but not one of Tocsin.`)
    if (isNewer(client, migrationsDir)) throw new Error(`${from} was written by a newer version of Tocsin.`)
  } finally {
    client.close()
  }
}

/**
 * Keeps the database under a second name, as a hard link if the file system has them: so there is a database under the
 * first name at every moment, and a program that starts meanwhile doesn't create a new one. Returns the second name;
 * undefined if there was no database.
 */
function keep(file: string, kept: string): string | undefined {
  const isThere = existsSync(file)
  if (isThere) {
    foldLog(file)
    addName(file, kept)
  }
  // A log that is still there belongs to a database that can't be opened. SQLite would apply it to the next one.
  moveLog(file, kept)
  return isThere ? kept : undefined
}

function addName(file: string, name: string) {
  try {
    linkSync(file, name)
  } catch {
    copyFileSync(file, name, constants.COPYFILE_EXCL)
    sync(name)
  }
}

/** Moves the log into the database before it gets another name. */
function foldLog(file: string) {
  if (!beginsAsDatabase(file)) return
  try {
    const client = new Sqlite(file)
    try {
      client.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      client.close()
    }
  } catch {
    // The replaced database may be damaged; it is kept as it is.
  }
}

const removeAll = (file: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}
