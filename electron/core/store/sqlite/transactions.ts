// Transactions, whole and nested, with hooks before a commit, after it, and on a rollback.
import type { Database } from 'better-sqlite3'
import type { Meters } from '../../platform/meters.ts'
import type { Log } from '../../platform/ports.ts'
import type { Store } from '../types/store.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { watchWriteFailure } from './write-failure-watch.ts'

export interface Transactions extends GroupCommit {
  /** Runs now; inside a running transaction as a part of it that can be rolled back alone. */
  transaction: <T>(write: () => T) => T
  /** Inside a transaction only: `restore` is called, the last one first, if the current transaction is rolled back. */
  onUndo: (restore: () => void) => void
  /**
   * Inside a transaction only: the listener is called right after the commit, unless the current part is rolled back.
   */
  onCommit: (listener: () => void) => void
  /** Called inside every whole transaction, right before its commit. */
  beforeCommit: (finish: () => void) => void
  /** As in the store. */
  onWriteFailure: Store['onWriteFailure']
}

export function createTransactions(client: Database, log: Log, meters: Meters): Transactions {
  const boundaries = createBoundaries(client)
  const restores: (() => void)[] = []
  const afterCommit: (() => void)[] = []
  const writeFailure = watchWriteFailure(client, log)
  const finishes: (() => void)[] = []

  function transaction<T>(write: () => T): T {
    const isWhole = !client.inTransaction
    const marks = { restores: restores.length, listeners: afterCommit.length }
    begin(isWhole)
    let result: T
    try {
      result = write()
      if (isWhole) for (const finish of finishes) finish()
      boundaries.commit(isWhole)
    } catch (error) {
      boundaries.rollback(isWhole)
      afterCommit.length = marks.listeners
      for (const restore of restores.splice(marks.restores).toReversed()) restore()
      throw isWhole ? writeFailure.toStorageError(error) : error
    }
    if (isWhole) {
      writeFailure.written()
      runAfterCommit()
    }
    return result
  }

  function begin(isWhole: boolean) {
    try {
      boundaries.begin(isWhole)
    } catch (error) {
      throw isWhole ? writeFailure.toStorageError(error) : error
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
    if (!client.inTransaction) throw new Error('This must be called inside a transaction.')
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

/** Begins and ends whole transactions, and parts of one as savepoints. */
function createBoundaries(client: Database) {
  const whole = { begin: client.prepare('BEGIN IMMEDIATE'), commit: client.prepare('COMMIT') }
  const part = { begin: client.prepare('SAVEPOINT part'), commit: client.prepare('RELEASE part') }
  const rollback = client.prepare('ROLLBACK')
  const rollbackPart = client.prepare('ROLLBACK TO part')
  return {
    begin: (isWhole: boolean) => void (isWhole ? whole : part).begin.run(),
    commit: (isWhole: boolean) => void (isWhole ? whole : part).commit.run(),
    rollback(isWhole: boolean) {
      // On some errors, such as a full disk, SQLite has rolled back the whole transaction by itself.
      if (!client.inTransaction) return
      if (isWhole) {
        rollback.run()
      } else {
        rollbackPart.run()
        part.commit.run()
      }
    },
  }
}
