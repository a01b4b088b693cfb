// The reasons of write failures that the caller didn't cause.
import { AppError } from '../../platform/errors.ts'

/** The prefix of SQLite's error code, and the reason as the end of a sentence. */
const WRITE_FAILURES = [
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'the disk fails to write or read'],
  ['SQLITE_READONLY', 'the database may not be written to'],
  ['SQLITE_CANTOPEN', 'the database can not be opened'],
  ['SQLITE_BUSY', 'another program has locked the database'],
  ['SQLITE_CORRUPT', 'the database is damaged'],
  ['SQLITE_NOTADB', 'the database is damaged'],
] as const

/** Seconds. */
const RETRY_AFTER = 5

/** The reason; undefined if the error is of another kind. */
export function writeFailureIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  return WRITE_FAILURES.find(([start]) => code.startsWith(start))?.[1]
}

/** The error that the caller gets. */
export const storageUnavailable = (reason: string, cause: unknown): AppError =>
  new AppError('UNAVAILABLE', `Nothing can be stored right now: ${reason}.`, { retryAfter: RETRY_AFTER, cause })

export const isStorageUnavailable = (error: unknown): boolean =>
  error instanceof AppError && writeFailureIn(error.cause) !== undefined
