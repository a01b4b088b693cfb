// Whether a database is damaged.
import Sqlite, { type Database } from 'better-sqlite3'

const MAX_REPORTED = 5

/**
 * Runs SQLite's `quick_check`, which reads every page at about a gigabyte per second. Returns the errors; undefined if
 * there are none.
 */
export function integrityErrorIn(client: Database): string | undefined {
  try {
    const found = client.prepare<[], string>(`PRAGMA quick_check(${MAX_REPORTED})`).pluck().all()
    return found.length === 1 && found[0] === 'ok' ? undefined : found.join('; ')
  } catch (error) {
    if (isDamage(error)) return error.message
    throw error
  }
}

export function integrityErrorInFile(file: string): string | undefined {
  const client = new Sqlite(file, { fileMustExist: true })
  try {
    return integrityErrorIn(client)
  } finally {
    client.close()
  }
}

/** Whether SQLite failed because the file is damaged or no database. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))
