// Compaction: head samples become blocks, series by series, in steps of a few milliseconds. When all samples up to an
// id are compacted, their rows are deleted from the log. A block and the watermark of its series are written in one
// transaction, and a start reads from the log only what is newer than the watermark: after a crash, each sample is in
// exactly one place.
import type { HeadLog } from '../head/head-log.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import type { Store } from '../types/store.ts'
import { createSeriesCompaction, type SeriesCompactionDeps } from './series-compaction.ts'

const STEP_MS = 4
const LOG_ROWS_PER_STEP = 50

/** Setting: ids up to this one are never used again. */
const NEWEST_ID = 'samples.newest_id'
export const newestIdIn = (settings: Store['settings']) => Number(settings.get(NEWEST_ID) ?? 0)
export const setNewestId = (settings: Store['settings'], id: number) => settings.set(NEWEST_ID, String(id))

/** One pass over all series. */
interface Round {
  /** The series that are not compacted yet. */
  heads: Iterator<SeriesHead>
  /** The newest id to compact. */
  upTo: number
}

interface Deps extends SeriesCompactionDeps {
  log: HeadLog
  settings: Store['settings']
  transactions: Pick<Transactions, 'transaction' | 'onUndo'>
}

export function createCompaction(deps: Deps): (upToId: number) => boolean {
  const { catalog, head, log, settings, transactions } = deps
  const compactPart = createSeriesCompaction(deps)
  let round: Round | undefined

  /** Compacts until the step's time is over. Returns true if another step is needed. */
  function compactSome(heads: Iterator<SeriesHead>, upTo: number): boolean {
    const end = performance.now() + STEP_MS
    for (;;) {
      const { done, value: series } = heads.next()
      if (done) return false
      while (compactPart(series, upTo)) if (performance.now() > end) return true
      if (performance.now() > end) return true
    }
  }

  /** Once all series are compacted up to this id, removes its samples from the log and from memory. */
  function trimLog(upTo: number): boolean {
    const deleted = transactions.transaction(() => {
      setNewestId(settings, head.nextId - 1)
      return log.deleteUpTo(upTo, LOG_ROWS_PER_STEP)
    })
    head.dropBefore(log.firstId() ?? head.nextId)
    return deleted > 0
  }

  function isCompacted(upTo: number): boolean {
    for (const { firstHeadId } of catalog.heads()) if (firstHeadId > 0 && firstHeadId <= upTo) return false
    return true
  }

  return (upToId) => {
    if (head.size === 0 || head.firstId > upToId) {
      round = undefined
      return false
    }
    const { heads, upTo } = (round ??= { heads: catalog.heads(), upTo: upToId })
    try {
      if (transactions.transaction(() => compactSome(heads, upTo))) return true
    } catch (error) {
      round = undefined
      throw error
    }
    // A step that ran out of time may have stopped in the middle of a series.
    const isDone = isCompacted(upTo)
    if (isDone && trimLog(upTo)) return true
    round = undefined
    return !isDone
  }
}
