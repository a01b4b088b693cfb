// Backups that the engineer asks for while Tocsin runs: each a file in the data folder's `backups/`. None is ever
// removed.
import { toIso } from '../../../shared/domain/time.ts'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, Backups } from '../../../shared/schemas/backup.ts'
import { AppError } from '../platform/errors.ts'
import type { Clock, Log } from '../platform/ports.ts'
import { backUp, type BackupMade } from '../store/recovery/backup.ts'
import { asNameOf } from '../store/recovery/file-names.ts'
import type { Asked, WorkerJobs } from '../platform/worker-jobs.ts'

interface Deps {
  /** The database. */
  file: string
  folder: string
  workers: WorkerJobs
  clock: Clock
  log: Log
}

export interface BackupService {
  /** Rejects with AppError: CONFLICT while another is made, UNAVAILABLE if it can't be made. */
  make(): Promise<Backup>
  list(): Backups
  end(): void
}

const ENDING = '.db'

export function createBackupService({ file, folder, workers, clock, log }: Deps): BackupService {
  let underWay: Asked<BackupMade> | undefined
  const describe = (name: string): Backup => {
    const path = join(folder, name)
    const { size, mtimeMs } = statSync(path)
    return { path, bytes: size, created_at: toIso(Math.floor(mtimeMs)) }
  }
  return {
    async make() {
      if (underWay) throw new AppError('CONFLICT', 'A backup is already being created.')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const name = `tocsin-${asNameOf(clock.now())}${ENDING}`
      const to = join(folder, name)
      underWay = workers.run('backup', { file, to }, () => backUp(file, to))
      try {
        await underWay.answer
        log.info({ file: to }, 'Backup created')
        return describe(name)
      } catch (error) {
        log.warn({ err: error }, 'Backup failed')
        throw new AppError('UNAVAILABLE', `Backup failed: ${(error as Error).message}`, { cause: error })
      } finally {
        underWay = undefined
      }
    },
    list: () => ({
      folder,
      in_progress: underWay !== undefined,
      backups: namesIn(folder)
        .map(describe)
        .toSorted((one, other) => other.created_at.localeCompare(one.created_at)),
    }),
    end: () => underWay?.end(),
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ENDING))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
