// Transactions and the group commit.
import type { Database } from 'better-sqlite3'
import type { Meters } from '../../platform/meters.ts'
import type { Log } from '../../platform/ports.ts'
import type { Store } from '../types/store.ts'
import { isStorageUnavailable, storageUnavailable, writeFailureIn } from './write-failure.ts'

export interface Transactions {
  /** Runs now; within a running transaction as a part of it that can be undone alone. */
  transaction: <T>(write: () => T) => T
  /** One transaction for all that is handed over in one turn of the event loop. */
  commit: <T>(write: () => T) => Promise<T>
  /** Commits now what waits for the end of the turn. */
  flush: () => void
  /** Inside a transaction only: `restore` is called, the last one first, if what runs now is undone. */
  onUndo: (restore: () => void) => void
  /** Inside a transaction only: `tell` is called right after the commit, unless what runs now is undone. */
  onCommit: (tell: () => void) => void
  /** From now on `commit` waits. */
  pause: () => void
  /** Commits what waited. */
  resume: () => void
  isPaused: () => boolean
  /** Called at the end of every whole transaction, as its last part. */
  beforeCommit: (finish: () => void) => void
  /** As that of the store. */
  onWriteFailure: Store['onWriteFailure']
}

interface Waiting {
  write: () => unknown
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
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
  let waiting: Waiting[] = []
  let held = false

  function transaction<T>(write: () => T): T {
    const isWhole = !client.inTransaction
    const marks = { restores: restores.length, news: afterCommit.length }
    if (isWhole) begin()
    else part.start.run()
    let result: T
    try {
      result = write()
      if (isWhole) for (const finish of finishes) finish()
      ;(isWhole ? whole : part).end.run()
    } catch (error) {
      undo(isWhole)
      afterCommit.length = marks.news
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
    for (const tell of afterCommit.splice(0)) {
      try {
        tell()
      } catch (error) {
        // What is committed can't fail any more, whatever those who hear of it make of it.
        log.error({ err: error }, 'a listener failed after a commit')
      }
    }
  }

  /** Failures are rare, so nothing is spent on undoing one write alone: all is undone and each has its own try. */
  function flush() {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const begun = performance.now()
    try {
      const results = transaction(() => group.map(({ write }) => write()))
      group.forEach(({ resolve }, index) => resolve(results[index]))
    } catch (error) {
      // Where nothing can be written, each would only find out the same.
      if (group.length === 1 || isStorageUnavailable(error)) for (const { reject } of group) reject(error)
      else group.forEach(settleAlone)
    }
    meters.committed(performance.now() - begun)
  }

  function flushUnlessHeld() {
    if (!held) flush()
  }

  function settleAlone({ write, resolve, reject }: Waiting) {
    try {
      resolve(transaction(write))
    } catch (error) {
      reject(error)
    }
  }

  function mustBeInside() {
    if (!client.inTransaction) throw new Error('This is written inside a transaction only.')
  }

  return {
    transaction,
    flush,
    commit: <T>(write: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0 && !held) setImmediate(flushUnlessHeld)
        waiting.push({ write, resolve: resolve as Waiting['resolve'], reject })
      }),
    pause: () => void (held = true),
    resume() {
      held = false
      flush()
    },
    isPaused: () => held,
    onUndo(restore) {
      mustBeInside()
      restores.push(restore)
    },
    onCommit(tell) {
      mustBeInside()
      afterCommit.push(tell)
    },
    beforeCommit: (finish) => void finishes.push(finish),
    onWriteFailure: writeFailure.onTrouble,
  }
}

/** Knows whether anything can be written, and tells when that changes. */
function watchWriteFailure(client: Database, log: Log) {
  const changes = client.prepare<[], number>('SELECT total_changes()').pluck()
  const listeners: ((trouble: string | undefined) => void)[] = []
  let now: { trouble: string; changes: number | undefined } | undefined
  const tell = () => listeners.forEach((listener) => listener(now?.trouble))
  return {
    onTrouble: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    /** What to throw in place of an error. */
    refusalOf(error: unknown): unknown {
      const trouble = writeFailureIn(error)
      if (trouble === undefined) return error
      if (now?.trouble !== trouble) {
        log.error({ err: error }, `Nothing can be stored: ${trouble}`)
        now = { trouble, changes: changes.get() }
        tell()
      }
      // What was undone counts as a change.
      now.changes = changes.get()
      return storageUnavailable(trouble, error)
    },
    /** After a commit. One that had nothing to write says nothing. */
    written() {
      if (!now || changes.get() === now.changes) return
      now = undefined
      log.info({}, 'What comes is stored again')
      tell()
    },
  }
}
