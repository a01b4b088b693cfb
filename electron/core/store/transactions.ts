// Transactions and the group commit.
import type { Database } from 'better-sqlite3'
import type { Log } from '../ports.ts'

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
}

interface Waiting {
  /** Runs the write and gives what settles its promise after the commit; throws where the whole group is lost. */
  run: () => () => void
  reject: (reason: unknown) => void
}

export function createTransactions(client: Database, log: Log): Transactions {
  const whole = { start: client.prepare('BEGIN IMMEDIATE'), end: client.prepare('COMMIT') }
  const part = { start: client.prepare('SAVEPOINT part'), end: client.prepare('RELEASE part') }
  const rollback = client.prepare('ROLLBACK')
  const rollbackPart = client.prepare('ROLLBACK TO part')
  const restores: (() => void)[] = []
  const news: (() => void)[] = []
  let waiting: Waiting[] = []

  function transaction<T>(write: () => T): T {
    const isWhole = !client.inTransaction
    const { start, end } = isWhole ? whole : part
    const marks = { restores: restores.length, news: news.length }
    start.run()
    let result: T
    try {
      result = write()
      end.run()
    } catch (error) {
      undo(isWhole)
      news.length = marks.news
      for (const restore of restores.splice(marks.restores).toReversed()) restore()
      throw error
    }
    if (isWhole) tellNews()
    return result
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

  function tellNews() {
    restores.length = 0
    for (const tell of news.splice(0)) {
      try {
        tell()
      } catch (error) {
        // What is committed can't fail any more, whatever those who hear of it make of it.
        log.error({ err: error }, 'a listener failed after a commit')
      }
    }
  }

  function flush() {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      for (const settle of transaction(() => group.map(({ run }) => run()))) settle()
    } catch (error) {
      for (const { reject } of group) reject(error)
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
        const run = () => {
          try {
            const result = transaction(write)
            return () => resolve(result)
          } catch (error) {
            if (!client.inTransaction) throw error
            return () => reject(error)
          }
        }
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ run, reject })
      }),
    onUndo(restore) {
      mustBeInside()
      restores.push(restore)
    },
    onCommit(tell) {
      mustBeInside()
      news.push(tell)
    },
  }
}
