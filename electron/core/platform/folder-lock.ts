// One Tocsin per data folder: what a second one wrote would be unknown to the memory of the first.
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Holds the folder until the given function is called or the process ends, however it ends: the lock is SQLite's own
 * on a file of its own, and the system takes it back with the process.
 *
 * @throws Error that names the folder if another process holds it
 */
export function lockFolder(dataDir: string, program = 'Tocsin'): () => void {
  const lock = new Database(join(dataDir, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Error(`another ${program} is already using the data folder ${dataDir}.`, { cause: error })
  }
  return () => void lock.close()
}
