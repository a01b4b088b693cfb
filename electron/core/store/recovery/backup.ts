// A copy of a database in one file, made while others write to it.
//
// A read transaction holds a snapshot, which the write-ahead log keeps separate from later writes. So the copy is
// consistent, no writer waits for it, and it doesn't restart after a write. It is SQLite's online backup
// (https://www.sqlite.org/backup.html), in steps between which a worker can be stopped.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { integrityErrorIn } from './integrity.ts'

export interface BackupMade {
  bytes: number
}

/** About 4 MB, which takes a few milliseconds. */
const PAGES_PER_STEP = 1000
/** Bytes that stay free for other programs. */
const MIN_FREE_BYTES = 64 * 1024 * 1024

/**
 * Copies the database `file` to `to`. The copy is named `<to>.part` until it is complete, checked and synced to disk.
 *
 * @throws Error in plain words if there is no such database, `to` exists, there is no room, or the copy is damaged
 */
export async function backUp(file: string, to: string): Promise<BackupMade> {
  if (!existsSync(file)) throw new Error(`there is no database ${file}.`)
  if (existsSync(to)) throw new Error(`${to} already exists; a backup never replaces a file.`)
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
  if (bavail * bsize > needed + MIN_FREE_BYTES) return
  throw new Error(`there is not enough space in ${folder}: a backup takes ${megabytes(needed)} MB.`)
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

async function copy(file: string, to: string) {
  const source = new Sqlite(file, { fileMustExist: true })
  try {
    source.exec('BEGIN')
    // The first read takes the snapshot.
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await source.backup(to, { progress: () => PAGES_PER_STEP })
  } finally {
    source.close()
  }
}

/** Checks the copy, and takes it out of WAL mode, so that it stays one file wherever it is opened. */
function seal(file: string) {
  const client = new Sqlite(file)
  try {
    client.pragma('journal_mode = DELETE')
    const damage = integrityErrorIn(client)
    if (damage !== undefined) throw new Error(`the copy is damaged, and probably the database too: ${damage}`)
  } finally {
    client.close()
  }
  sync(file)
}

/** Windows can't sync folders. */
export function sync(path: string) {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
