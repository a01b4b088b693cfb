// Checkpoints: what is committed stands in the write-ahead log first and is moved into the database now and then. That
// waits for the disk, which may take long while others write to it, so a thread of its own does it.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import type { Log } from '../../platform/ports.ts'
import type { Transactions } from './transactions.ts'

/** Bytes of the log at which it is moved; the larger, the seldomer, and the longer a start after a kill. */
const LARGE = 48 * 1024 * 1024
const LOOK_EVERY_MS = 250
/** Commits wait no longer than this. */
const MAX_PAUSE_MS = 20
/** The thread ends after so long without work, and gives its memory back. */
const IDLE_MS = 10_000

/** After the log couldn't be moved, as on a full disk. */
const AGAIN_AFTER_MS = 10_000

/** If there is no thread, SQLite moves the log in the middle of some commit, at so many pages. */
const PAGES = 4000

interface Deps {
  client: Database
  file: string
  /** The built thread; left out if there is none. */
  workerFile: string | undefined
  transactions: Pick<Transactions, 'pause' | 'resume'>
  log: Log
}

/** Starts to look after the log; gives back what ends it. */
export function startCheckpoints({ client, file, workerFile, transactions, log }: Deps): () => void {
  const leaveToCommits = () => client.pragma(`wal_autocheckpoint = ${PAGES}`)
  if (workerFile === undefined) {
    leaveToCommits()
    return () => {}
  }
  client.pragma('wal_autocheckpoint = 0')
  // The file of the log is cut when SQLite begins it anew, so that its size tells how much is in it.
  client.pragma('journal_size_limit = 0')
  const thread = createThread(workerFile, file)
  let underWay = false
  let notBefore = 0

  async function checkpoint() {
    underWay = true
    try {
      await thread.ask()
      // What came meanwhile is little: while nothing is written, that is moved too, and the log begins anew. On a disk
      // that is busy just now it isn't, and the next look tries again.
      transactions.pause()
      const rest = thread.ask()
      await Promise.race([rest, pause(MAX_PAUSE_MS)])
      transactions.resume()
      await rest
    } catch (error) {
      if (!(error instanceof NotMoved)) throw error
      log.warn({ err: error }, 'The write-ahead log could not be moved')
      notBefore = performance.now() + AGAIN_AFTER_MS
    } finally {
      transactions.resume()
      underWay = false
    }
  }

  const timer = setInterval(() => {
    if (underWay || performance.now() < notBefore || sizeOf(`${file}-wal`) < LARGE) return
    checkpoint().catch((error: unknown) => {
      log.warn({ err: error }, 'The thread for checkpoints failed; commits do its work')
      clearInterval(timer)
      leaveToCommits()
    })
  }, LOOK_EVERY_MS).unref()

  return () => {
    clearInterval(timer)
    thread.end()
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** What SQLite said in the thread, which is still there. */
class NotMoved extends Error {}

/** Started when it is asked for something. */
function createThread(workerFile: string, file: string) {
  let worker: Worker | undefined
  let ending: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(ending)
    void worker?.terminate()
    worker = undefined
  }
  return {
    end,
    async ask() {
      clearTimeout(ending)
      worker ??= new Worker(workerFile, { workerData: { file } })
      worker.ref()
      worker.postMessage('checkpoint')
      const answer = once(worker, 'message')
      worker.unref()
      const [{ failure }] = (await answer) as [{ failure: string | undefined }]
      ending = setTimeout(end, IDLE_MS).unref()
      if (failure !== undefined) throw new NotMoved(failure)
    },
  }
}
