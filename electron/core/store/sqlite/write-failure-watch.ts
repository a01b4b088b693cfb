// Whether the database can be written, seen from the outcome of each transaction.
import type { Database } from 'better-sqlite3'
import type { Log } from '../../platform/ports.ts'
import { storageUnavailable, writeFailureIn } from './write-failure.ts'

/** Knows whether anything can be written, and notifies listeners when that changes. */
export function watchWriteFailure(client: Database, log: Log) {
  const changes = client.prepare<[], number>('SELECT total_changes()').pluck()
  const listeners: ((reason: string | undefined) => void)[] = []
  let now: { reason: string; changes: number | undefined } | undefined
  const notify = () => listeners.forEach((listener) => listener(now?.reason))
  return {
    onChange: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    /** What to throw in place of an error. */
    refusalOf(error: unknown): unknown {
      const reason = writeFailureIn(error)
      if (reason === undefined) return error
      if (now?.reason !== reason) {
        log.error({ err: error }, `Nothing can be stored: ${reason}`)
        now = { reason, changes: changes.get() }
        notify()
      }
      // What was undone counts as a change.
      now.changes = changes.get()
      return storageUnavailable(reason, error)
    },
    /** After a commit. One that had nothing to write says nothing. */
    written() {
      if (!now || changes.get() === now.changes) return
      now = undefined
      log.info({}, 'What comes is stored again')
      notify()
    },
  }
}
