// A copy of a database in one file, made while others write to it.
//
// A read transaction holds the state of one moment, which the write-ahead log keeps apart from what comes later, so the
// copy is of that moment, nothing waits for it, and it need not begin anew when something is written. It is SQLite's
// online backup (https://www.sqlite.org/backup.html), in steps between which a thread can be ended.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { integrityErrorIn } from './integrity.ts'

export interface BackupMade {
  bytes: number
}

/** Some 4 MB: a few milliseconds. */
const PAGES_PER_STEP = 1000
/** Bytes that are left to whoever else writes to the disk. */
const ROOM_LEFT = 64 * 1024 * 1024

/**
 * Copies the database `file` to `to`, which then is whole, was checked, and is on the disk; until then it has the name
 * `<to>.part`.
 *
 * @throws Error in plain words if there is no such database, `to` exists, there is no room, or the copy is damaged
 */
export async function backUp(file: string, to: string): Promise<BackupMade> {
  if (!existsSync(file)) throw new Error(`there is no database ${file}.`)
  if (existsSync(to)) throw new Error(`${to} exists already; a backup replaces nothing.`)
  refuseWithoutRoom(file, dirname(to))
  const part = `${to}.part`
  rmSync(part, { force: true })
  closeSync(openSync(part, 'wx', 0o600))
  try {
    await copy(file, part)
    seal(part)
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  sync(dirname(to))
  return { bytes: statSync(to).size }
}

function refuseWithoutRoom(file: string, folder: string) {
  const needed = statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0)
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize > needed + ROOM_LEFT) return
  throw new Error(`there is no room in ${folder}: a backup takes ${megabytes(needed)} MB.`)
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

async function copy(file: string, to: string) {
  const source = new Sqlite(file, { fileMustExist: true })
  try {
    source.exec('BEGIN')
    // The first look is what makes the moment.
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await source.backup(to, { progress: () => PAGES_PER_STEP })
  } finally {
    source.close()
  }
}

/** Checks the copy, and makes it one file wherever it is opened: as it was copied, it would make files beside it. */
function seal(file: string) {
  const client = new Sqlite(file)
  try {
    client.pragma('journal_mode = DELETE')
    const damage = integrityErrorIn(client)
    if (damage !== undefined) throw new Error(`the copy is damaged, and so is the database, it seems: ${damage}`)
  } finally {
    client.close()
  }
  sync(file)
}

/** Windows syncs no folders. */
export function sync(path: string) {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
