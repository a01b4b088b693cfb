// Detects from the outcome of each transaction whether the database can be written.
import type { Database } from 'better-sqlite3'
import type { Log } from '../../platform/ports.ts'
import { storageUnavailable, writeFailureIn } from './write-failure.ts'

/** Notifies listeners when writes begin to fail and when they succeed again. */
export function watchWriteFailure(client: Database, log: Log) {
  const changes = client.prepare<[], number>('SELECT total_changes()').pluck()
  const listeners: ((reason: string | undefined) => void)[] = []
  let now: { reason: string; changes: number | undefined } | undefined
  const notify = () => listeners.forEach((listener) => listener(now?.reason))
  return {
    onChange: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    /** The error to throw instead of this one. */
    toStorageError(error: unknown): unknown {
      const reason = writeFailureIn(error)
      if (reason === undefined) return error
      if (now?.reason !== reason) {
        log.error({ err: error }, `Nothing can be stored: ${reason}`)
        now = { reason, changes: changes.get() }
        notify()
      }
      // SQLite counts rolled-back changes, too.
      now.changes = changes.get()
      return storageUnavailable(reason, error)
    },
    /** Called after each commit. A commit without changes proves nothing. */
    written() {
      if (!now || changes.get() === now.changes) return
      now = undefined
      log.info({}, 'Writes succeed again')
      notify()
    },
  }
}
