// Transactions, whole and nested, with what has to run before, after or instead of a commit.
import type { Database } from 'better-sqlite3'
import type { Meters } from '../../platform/meters.ts'
import type { Log } from '../../platform/ports.ts'
import type { Store } from '../types/store.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { watchWriteFailure } from './write-failure-watch.ts'

export interface Transactions extends GroupCommit {
  /** Runs now; within a running transaction as a part of it that can be undone alone. */
  transaction: <T>(write: () => T) => T
  /** Inside a transaction only: `restore` is called, the last one first, if what runs now is undone. */
  onUndo: (restore: () => void) => void
  /** Inside a transaction only: the listener is called right after the commit, unless what runs now is undone. */
  onCommit: (listener: () => void) => void
  /** Called at the end of every whole transaction, as its last part. */
  beforeCommit: (finish: () => void) => void
  /** As that of the store. */
  onWriteFailure: Store['onWriteFailure']
}

export function createTransactions(client: Database, log: Log, meters: Meters): Transactions {
  const whole = { start: client.prepare('BEGIN IMMEDIATE'), end: client.prepare('COMMIT') }
  const part = { start: client.prepare('SAVEPOINT part'), end: client.prepare('RELEASE part') }
  const rollback = client.prepare('ROLLBACK')
  const rollbackPart = client.prepare('ROLLBACK TO part')
  const restores: (() => void)[] = []
  const afterCommit: (() => void)[] = []
  const writeFailure = watchWriteFailure(client, log)
  const finishes: (() => void)[] = []

  function transaction<T>(write: () => T): T {
    const isWhole = !client.inTransaction
    const marks = { restores: restores.length, listeners: afterCommit.length }
    if (isWhole) begin()
    else part.start.run()
    let result: T
    try {
      result = write()
      if (isWhole) for (const finish of finishes) finish()
      ;(isWhole ? whole : part).end.run()
    } catch (error) {
      undo(isWhole)
      afterCommit.length = marks.listeners
      for (const restore of restores.splice(marks.restores).toReversed()) restore()
      throw isWhole ? writeFailure.refusalOf(error) : error
    }
    if (isWhole) {
      writeFailure.written()
      runAfterCommit()
    }
    return result
  }

  function begin() {
    try {
      whole.start.run()
    } catch (error) {
      throw writeFailure.refusalOf(error)
    }
  }

  function undo(isWhole: boolean) {
    // On some errors, such as a full disk, SQLite has undone the whole transaction by itself.
    if (!client.inTransaction) return
    if (isWhole) {
      rollback.run()
    } else {
      rollbackPart.run()
      part.end.run()
    }
  }

  function runAfterCommit() {
    restores.length = 0
    for (const listener of afterCommit.splice(0)) {
      try {
        listener()
      } catch (error) {
        // A listener's failure can't undo what is committed.
        log.error({ err: error }, 'a listener failed after a commit')
      }
    }
  }

  function mustBeInside() {
    if (!client.inTransaction) throw new Error('This is written inside a transaction only.')
  }

  return {
    transaction,
    ...createGroupCommit(transaction, meters),
    onUndo(restore) {
      mustBeInside()
      restores.push(restore)
    },
    onCommit(listener) {
      mustBeInside()
      afterCommit.push(listener)
    },
    beforeCommit: (finish) => void finishes.push(finish),
    onWriteFailure: writeFailure.onChange,
  }
}
