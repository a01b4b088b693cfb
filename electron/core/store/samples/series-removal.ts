// Removes the samples of one series in small parts: blocks, head samples and their counts.
import type { Database } from 'better-sqlite3'
import { createSampleCounts } from '../head/sample-counts.ts'
import type { Head } from '../head/head.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import { decodePoints } from './block-codec.ts'
import { TIERS, type Block, type BlockTable } from './blocks.ts'
import { moveFirst } from './samples.ts'

const BLOCKS_PER_PART = 10
const HEAD_SAMPLES_PER_PART = 4000

export interface SeriesRemovalDeps {
  client: Database
  catalog: Catalog
  head: Head
  blocks: BlockTable
  transactions: Pick<Transactions, 'onUndo'>
}

/**
 * Inside a transaction: removes one part of a series. Returns true if more may be left; a series without samples must
 * be closed in the same transaction.
 */
export function createSeriesRemoval({
  client,
  catalog,
  head,
  blocks,
  transactions,
}: SeriesRemovalDeps): (series: SeriesHead) => boolean {
  const counts = createSampleCounts(client)

  function removeBlock(series: SeriesHead, block: Block): void {
    if (block.tier === TIERS.samples) counts.takeOff(decodePoints(block.data).times)
    blocks.remove(block.id)
    catalog.discount(series, block.count)
  }

  /** Log rows are not rewritten: `compactedUpTo` moves past the removed samples, so that a restart ignores them. */
  function removeFromHead(series: SeriesHead): void {
    const ids: number[] = []
    let next = series.firstHeadId
    for (; next > 0 && ids.length < HEAD_SAMPLES_PER_PART; next = head.nextOfSeries(next)) ids.push(next)
    counts.takeOff(ids.map((id) => head.timeOf(id)))
    transactions.onUndo(() => ids.forEach((id) => head.claim(id, series.id)))
    for (const id of ids) head.claim(id, 0)
    const compactedUpTo = ids.at(-1)!
    catalog.advance({ seriesId: series.id, count: ids.length, compactedUpTo, newest: undefined, unit: null })
    catalog.discount(series, ids.length)
    moveFirst({ head, transactions }, series, next, compactedUpTo)
  }

  return (series) => {
    if (series.firstHeadId > 0) removeFromHead(series)
    const some = blocks.ofSeries(series.id, BLOCKS_PER_PART)
    for (const block of some) removeBlock(series, block)
    return series.firstHeadId > 0 || some.length === BLOCKS_PER_PART
  }
}
