// Samples: new ones are written to the head log and stay in memory until they are compacted into blocks. Reads cover
// both.
import type { Database } from 'better-sqlite3'
import type { BlockTable } from './blocks.ts'
import { createColumns } from './columns.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import { createGroupBySeries } from './group-by-series.ts'
import type { Head, SampleMetadata } from '../head/head.ts'
import type { HeadLog } from '../head/head-log.ts'
import { createNewest } from './newest.ts'
import { createMetadataPool } from './metadata-pool.ts'
import { createRange } from './range.ts'
import { createRecent, headSample } from './recent.ts'
import { createSampleCounts } from '../head/sample-counts.ts'
import type { NewSample, SampleStore } from '../types/samples.ts'
import type { Transactions } from '../sqlite/transactions.ts'

interface Deps {
  client: Database
  catalog: Catalog
  transactions: Transactions
  hot: Head
  log: HeadLog
  blocks: BlockTable
  /** Called with what was appended, inside its transaction. */
  announce(firstId: number, count: number): void
}

export function createSampleStore(
  deps: Deps,
): Omit<SampleStore, 'headSize' | 'logBytes' | 'sizes' | 'compact' | 'markFutureAsLate' | 'downsample'> {
  const { client, catalog, transactions, hot, log, blocks, announce } = deps
  const counts = createSampleCounts(client)
  const metadataOf = createMetadataPool()
  /** Samples from this id on are not in the log yet. */
  let unwrittenFrom = hot.nextId
  transactions.beforeCommit(() => {
    if (hot.nextId === unwrittenFrom) return
    log.write(hot, unwrittenFrom)
    counts.add(hot, unwrittenFrom)
    announce(unwrittenFrom, hot.nextId - unwrittenFrom)
    unwrittenFrom = hot.nextId
  })

  /** @returns the series of the sample */
  function take(sample: NewSample, before: SeriesHead | undefined): SeriesHead {
    const head = catalog.headFor(sample, before)
    const late = isLate(head, sample.time)
    // Blocks store no negative zero, and a sample must read the same from the head and from a block.
    const value = sample.value + 0
    const metadata = metadataOf(sample, head)
    const id = hot.push(head.id, sample.time, value, late, metadata, head.lastHeadId)
    addToHead(head, id, sample.time, value, metadata)
    return head
  }

  /** Undoes the append of all samples from this id on. */
  function removeFrom(firstId: number) {
    const touched = new Set<number>()
    for (let id = firstId; id < hot.nextId; id++) touched.add(hot.seriesOf(id))
    const kept = new Map([...touched].map((seriesId) => [seriesId, catalog.byId(seriesId)?.firstHeadId ?? 0]))
    hot.truncate(firstId)
    unwrittenFrom = Math.min(unwrittenFrom, firstId)
    for (const [seriesId, firstHeadId] of kept) {
      const head = catalog.byId(seriesId)
      if (!head) continue
      catalog.reset(head)
      for (let id = firstHeadId; id > 0 && id < firstId; id = hot.following(id))
        addToHead(head, id, hot.timeOf(id), hot.valueOf(id), hot.metadataOf(id))
    }
  }

  return {
    append(samples) {
      const firstId = hot.nextId
      transactions.onUndo(() => removeFrom(firstId))
      let head: SeriesHead | undefined
      for (const sample of samples) head = take(sample, head)
      return firstId
    },
    newestId: () => hot.nextId - 1,
    recent: createRecent({ catalog, hot, blocks }),
    newest: createNewest({ catalog, hot, blocks }),
    range: createRange({ catalog, hot, blocks }),
    ...createColumns({ catalog, hot, blocks }),
    get(id) {
      const head = id >= hot.firstId && id < hot.nextId ? catalog.byId(hot.seriesOf(id)) : undefined
      return head && headSample(hot, head, id)
    },
    groupBySeries: createGroupBySeries(hot, catalog),
  }
}

/**
 * Whether a sample is older than the newest of its series. Samples of drills may come in any order and are never late.
 */
export const isLate = ({ drill, lastTime }: SeriesHead, time: number): boolean => !drill && time < lastTime

/** Adds a head sample to its series. */
export function addToHead(head: SeriesHead, id: number, time: number, value: number, metadata: SampleMetadata): void {
  if (head.firstHeadId === 0) head.firstHeadId = id
  head.lastHeadId = id
  head.metadata = metadata
  head.count++
  if (time < head.lastTime) return
  if (metadata.unit !== null) head.unit = metadata.unit
  head.lastValue = value
  head.lastTime = time
  head.lastSampleId = id
}

/** Sets the first head sample of a series (0 if none is left); older ones that the log still holds no longer count. */
export function moveFirst(
  { hot, transactions }: Pick<Deps, 'hot'> & { transactions: Pick<Transactions, 'onUndo'> },
  head: SeriesHead,
  firstHeadId: number,
  compactedUpTo: number,
): void {
  const before = { firstHeadId: head.firstHeadId, lastHeadId: head.lastHeadId, compactedUpTo: head.compactedUpTo }
  transactions.onUndo(() => {
    Object.assign(head, before)
    if (firstHeadId > 0) hot.attach(firstHeadId, compactedUpTo)
  })
  head.firstHeadId = firstHeadId
  if (firstHeadId === 0) head.lastHeadId = 0
  else hot.detach(firstHeadId)
  head.compactedUpTo = compactedUpTo
}
