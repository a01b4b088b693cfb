// Looks the database through for damage, once, some seconds after the start.
import type { Health } from '../../../shared/schemas/health.ts'
import type { SystemNotices } from './system-notices.ts'
import type { Log } from '../platform/ports.ts'
import { integrityErrorInFile } from '../store/recovery/integrity.ts'
import type { Asked, WorkerJobs } from '../platform/worker-jobs.ts'

/** Milliseconds: a start has enough to do. */
const AFTER = 5000

interface Deps {
  file: string
  workers: WorkerJobs
  notices: Pick<SystemNotices, 'tell'>
  log: Log
}

export interface IntegrityCheck {
  result(): Health['integrity_check']
  end(): void
}

export function startIntegrityCheck({ file, workers, notices, log }: Deps): IntegrityCheck {
  let result: Health['integrity_check'] = 'pending'
  let asked: Asked<string | null> | undefined
  let isEnding = false

  async function look() {
    log.info({}, 'Looking the database through')
    asked = workers.run('integrity', { file }, () => integrityErrorInFile(file) ?? null)
    try {
      const damage = await asked.answer
      result = damage === null ? 'ok' : 'damaged'
      if (damage === null) return
      log.error({ damage }, 'The database is damaged')
      notices.tell(
        'damaged',
        `The database is damaged (${damage}). What can be read is still shown. A backup can be put in its place by ` +
          `"npm run restore", which keeps the damaged file.`,
      )
    } catch (error) {
      if (isEnding) return
      result = 'failed'
      log.warn({ err: error }, 'The database could not be looked through for damage')
    }
  }

  const timer = setTimeout(() => void look(), AFTER).unref()
  return {
    result: () => result,
    end() {
      isEnding = true
      clearTimeout(timer)
      asked?.end()
    },
  }
}
