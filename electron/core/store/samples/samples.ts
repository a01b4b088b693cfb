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
  head: Head
  log: HeadLog
  blocks: BlockTable
  /** Called with what was appended, inside its transaction. */
  announce(firstId: number, count: number): void
}

export function createSampleStore(
  deps: Deps,
): Omit<SampleStore, 'headSize' | 'logBytes' | 'sizes' | 'compact' | 'markFutureAsLate' | 'downsample'> {
  const { client, catalog, transactions, head, log, blocks, announce } = deps
  const counts = createSampleCounts(client)
  const metadataOf = createMetadataPool()
  /** Samples from this id on are not in the log yet. */
  let unwrittenFrom = head.nextId
  transactions.beforeCommit(() => {
    if (head.nextId === unwrittenFrom) return
    log.write(head, unwrittenFrom)
    counts.add(head, unwrittenFrom)
    announce(unwrittenFrom, head.nextId - unwrittenFrom)
    unwrittenFrom = head.nextId
  })

  /** @returns the series of the sample */
  function take(sample: NewSample, before: SeriesHead | undefined): SeriesHead {
    const series = catalog.headFor(sample, before)
    const late = isLate(series, sample.time)
    // Blocks store no negative zero, and a sample must read the same from the head and from a block.
    const value = sample.value + 0
    const metadata = metadataOf(sample, series)
    const id = head.push(series.id, sample.time, value, late, metadata, series.lastHeadId)
    addToHead(series, id, sample.time, value, metadata)
    return series
  }

  /** Undoes the append of all samples from this id on. */
  function removeFrom(firstId: number) {
    const touched = new Set<number>()
    for (let id = firstId; id < head.nextId; id++) touched.add(head.seriesOf(id))
    const kept = new Map([...touched].map((seriesId) => [seriesId, catalog.byId(seriesId)?.firstHeadId ?? 0]))
    head.truncate(firstId)
    unwrittenFrom = Math.min(unwrittenFrom, firstId)
    for (const [seriesId, firstHeadId] of kept) {
      const series = catalog.byId(seriesId)
      if (!series) continue
      catalog.reset(series)
      for (let id = firstHeadId; id > 0 && id < firstId; id = head.nextOfSeries(id))
        addToHead(series, id, head.timeOf(id), head.valueOf(id), head.metadataOf(id))
    }
  }

  return {
    append(samples) {
      const firstId = head.nextId
      transactions.onUndo(() => removeFrom(firstId))
      let series: SeriesHead | undefined
      for (const sample of samples) series = take(sample, series)
      return firstId
    },
    newestId: () => head.nextId - 1,
    recent: createRecent({ catalog, head, blocks }),
    newest: createNewest({ catalog, head, blocks }),
    range: createRange({ catalog, head, blocks }),
    ...createColumns({ catalog, head, blocks }),
    get(id) {
      const series = id >= head.firstId && id < head.nextId ? catalog.byId(head.seriesOf(id)) : undefined
      return series && headSample(head, series, id)
    },
    groupBySeries: createGroupBySeries(head, catalog),
  }
}

/**
 * Whether a sample is older than the newest of its series. Samples of drills may come in any order and are never late.
 */
export const isLate = ({ drill, lastTime }: SeriesHead, time: number): boolean => !drill && time < lastTime

/** Adds a head sample to its series. */
export function addToHead(series: SeriesHead, id: number, time: number, value: number, metadata: SampleMetadata): void {
  if (series.firstHeadId === 0) series.firstHeadId = id
  series.lastHeadId = id
  series.metadata = metadata
  series.count++
  if (time < series.lastTime) return
  if (metadata.unit !== null) series.unit = metadata.unit
  series.lastValue = value
  series.lastTime = time
  series.lastSampleId = id
}

/** Sets the first head sample of a series (0 if none is left); older ones that the log still holds no longer count. */
export function moveFirst(
  { head, transactions }: Pick<Deps, 'head'> & { transactions: Pick<Transactions, 'onUndo'> },
  series: SeriesHead,
  firstHeadId: number,
  compactedUpTo: number,
): void {
  const before = { firstHeadId: series.firstHeadId, lastHeadId: series.lastHeadId, compactedUpTo: series.compactedUpTo }
  transactions.onUndo(() => {
    Object.assign(series, before)
    if (firstHeadId > 0) head.attach(firstHeadId, compactedUpTo)
  })
  series.firstHeadId = firstHeadId
  if (firstHeadId === 0) series.lastHeadId = 0
  else head.detach(firstHeadId)
  series.compactedUpTo = compactedUpTo
}
