// The group commit: writes of one turn of the event loop share a transaction.
import type { Meters } from '../../platform/meters.ts'
import { isStorageUnavailable } from './write-failure.ts'

export interface GroupCommit {
  /** Runs all writes of one turn of the event loop in one transaction. */
  commit: <T>(write: () => T) => Promise<T>
  /** Commits the waiting writes now. */
  flush: () => void
  /** Holds commits back until `resume`. */
  pause: () => void
  /** Commits the waiting writes and ends the pause. */
  resume: () => void
  isPaused: () => boolean
}

interface Waiting {
  write: () => unknown
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
}

export function createGroupCommit(transaction: <T>(write: () => T) => T, meters: Meters): GroupCommit {
  let waiting: Waiting[] = []
  let paused = false

  /** Failures are rare, so no write has a savepoint: if one fails, all are rolled back and each is tried alone. */
  function flush() {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const begun = performance.now()
    try {
      const results = transaction(() => group.map(({ write }) => write()))
      group.forEach(({ resolve }, index) => resolve(results[index]))
    } catch (error) {
      // If the storage is unavailable, each alone would fail the same way.
      if (group.length === 1 || isStorageUnavailable(error)) for (const { reject } of group) reject(error)
      else group.forEach(settleAlone)
    }
    meters.committed(performance.now() - begun)
  }

  function flushUnlessPaused() {
    if (!paused) flush()
  }

  function settleAlone({ write, resolve, reject }: Waiting) {
    try {
      resolve(transaction(write))
    } catch (error) {
      reject(error)
    }
  }

  return {
    flush,
    commit: <T>(write: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0 && !paused) setImmediate(flushUnlessPaused)
        waiting.push({ write, resolve: resolve as Waiting['resolve'], reject })
      }),
    pause: () => void (paused = true),
    resume() {
      paused = false
      flush()
    },
    isPaused: () => paused,
  }
}
