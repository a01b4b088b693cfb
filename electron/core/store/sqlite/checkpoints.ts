// Checkpoints: commits are written to the write-ahead log, and a checkpoint moves them into the database. It waits for
// the disk, which may take long while other programs write to it, so a worker does it.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import type { Log } from '../../platform/ports.ts'
import type { Transactions } from './transactions.ts'

/** Bytes of the log that start a checkpoint. A larger log means fewer checkpoints and a longer start after a crash. */
const MAX_LOG_BYTES = 48 * 1024 * 1024
const CHECK_EVERY_MS = 250
/** Commits wait at most this long. */
const MAX_PAUSE_MS = 20
/** The worker stops after this time without work, which frees its memory. */
const IDLE_MS = 10_000

/** The wait after a failed checkpoint, as on a full disk. */
const RETRY_AFTER_MS = 10_000

/** Without a worker, SQLite makes a checkpoint within a commit as soon as the log has this many pages. */
const AUTOCHECKPOINT_PAGES = 4000

interface Deps {
  client: Database
  file: string
  /** The built worker; undefined if there is none. */
  workerFile: string | undefined
  transactions: Pick<Transactions, 'pause' | 'resume'>
  log: Log
}

/** Starts to watch the size of the log. Returns a function that stops it. */
export function startCheckpoints({ client, file, workerFile, transactions, log }: Deps): () => void {
  const leaveToCommits = () => client.pragma(`wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`)
  if (workerFile === undefined) {
    leaveToCommits()
    return () => {}
  }
  client.pragma('wal_autocheckpoint = 0')
  // SQLite truncates the log when it starts over, so that the file size is the size of its content.
  client.pragma('journal_size_limit = 0')
  const thread = createThread(workerFile, file)
  let isRunning = false
  let notBefore = 0

  async function checkpoint() {
    isRunning = true
    try {
      await thread.ask()
      // Few commits were added meanwhile. While commits are paused, these are moved, too, and the log starts over. If
      // the disk is too busy for that, the next checkpoint tries again.
      transactions.pause()
      const rest = thread.ask()
      await Promise.race([rest, pause(MAX_PAUSE_MS)])
      transactions.resume()
      await rest
    } catch (error) {
      if (!(error instanceof NotMoved)) throw error
      log.warn({ err: error }, 'The checkpoint of the write-ahead log failed')
      notBefore = performance.now() + RETRY_AFTER_MS
    } finally {
      transactions.resume()
      isRunning = false
    }
  }

  const timer = setInterval(() => {
    if (isRunning || performance.now() < notBefore || sizeOf(`${file}-wal`) < MAX_LOG_BYTES) return
    checkpoint().catch((error: unknown) => {
      log.warn({ err: error }, 'The checkpoint thread failed; commits checkpoint instead')
      clearInterval(timer)
      leaveToCommits()
    })
  }, CHECK_EVERY_MS).unref()

  return () => {
    clearInterval(timer)
    thread.end()
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** The checkpoint failed in SQLite; the worker still runs. */
class NotMoved extends Error {}

/** The worker is started on demand. */
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
