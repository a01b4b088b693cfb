// The files of a database, and the names of the copies that are kept beside it.
import { existsSync, renameSync } from 'node:fs'
import { toIso } from '../../../../shared/domain/time.ts'

/** A time in UTC without characters that file names can't have: `2026-01-05T12-00-00-000Z`. */
export const asNameOf = (time: number): string => toIso(time).replaceAll(/[:.]/g, '-')

/** SQLite finds a database's log by its name. */
export function moveLog(file: string, to: string): void {
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, to + suffix)
}
