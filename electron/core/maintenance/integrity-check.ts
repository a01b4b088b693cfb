// Checks the database for damage, once, some seconds after the start.
import { textsFor } from '../../../shared/texts/texts.ts'
import type { Health } from '../../../shared/schemas/health.ts'
import type { SystemNotices } from './system-notices.ts'
import type { Log } from '../platform/ports.ts'
import { integrityErrorInFile } from '../store/recovery/integrity.ts'
import type { Asked, WorkerJobs } from '../platform/worker-jobs.ts'

/** Milliseconds: a start has enough to do. */
const AFTER = 5000

const texts = textsFor()

interface Deps {
  file: string
  workers: WorkerJobs
  notices: Pick<SystemNotices, 'publish'>
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
    log.info({}, 'Checking the integrity of the database')
    asked = workers.run('integrity', { file }, () => integrityErrorInFile(file) ?? null)
    try {
      const damage = await asked.answer
      result = damage === null ? 'ok' : 'damaged'
      if (damage === null) return
      log.error({ damage }, 'The database is damaged')
      notices.publish('damaged', texts.databaseDamaged({ damage }))
    } catch (error) {
      if (isEnding) return
      result = 'failed'
      log.warn({ err: error }, 'Could not check the integrity of the database')
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
