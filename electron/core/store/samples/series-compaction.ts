// Compacts the head samples of one series into blocks.
import type { Head } from '../head/head.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { RowChange } from '../series/series-table.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import { decodeSegment, type Segment } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import { moveFirst } from './samples.ts'
import { blockOf, emptySegment, joinSegments, MAX_BLOCK_SAMPLES, partsOf, push } from './segments.ts'

const MAX_SAMPLES_PER_PART = 4 * MAX_BLOCK_SAMPLES

export interface SeriesCompactionDeps {
  catalog: Catalog
  head: Head
  blocks: BlockTable
  transactions: Pick<Transactions, 'onUndo'>
}

/** Inside a transaction: compacts one part of a series. Returns true if more is left up to the id. */
export function createSeriesCompaction({
  catalog,
  head,
  blocks,
  transactions,
}: SeriesCompactionDeps): (series: SeriesHead, upTo: number) => boolean {
  /**
   * Merges the newest block with the new samples if all fit into one block, or if that block is less than half full.
   */
  function mergeNewest(series: SeriesHead, samples: Segment): Segment {
    const block = series.drill ? undefined : blocks.newestOf(series.id)
    if (!block) return samples
    if (block.count + samples.ids.length > MAX_BLOCK_SAMPLES && block.count >= MAX_BLOCK_SAMPLES / 2) return samples
    blocks.remove(block.id)
    return joinSegments(decodeSegment(block.data), samples)
  }

  function write(series: SeriesHead, segment: Segment, late: 0 | 1): void {
    for (const part of partsOf(segment)) blocks.insert({ series_id: series.id, late, ...blockOf(part) })
  }

  return (series, upTo) => {
    if (series.firstHeadId === 0 || series.firstHeadId > upTo) return false
    const [inTime, late] = [emptySegment(), emptySegment()]
    let id = series.firstHeadId
    let last = 0
    for (
      ;
      id > 0 && id <= upTo && inTime.ids.length + late.ids.length < MAX_SAMPLES_PER_PART;
      id = head.nextOfSeries(id)
    ) {
      push(head.isLate(id) ? late : inTime, head, id)
      last = id
    }
    if (inTime.ids.length > 0) write(series, mergeNewest(series, inTime), 0)
    if (late.ids.length > 0) write(series, late, 1)
    catalog.advance(rowChange(series, inTime, late, last))
    moveFirst({ head, transactions }, series, id, last)
    return id > 0 && id <= upTo
  }
}

function rowChange(series: SeriesHead, inTime: Segment, late: Segment, compactedUpTo: number): RowChange {
  const last = inTime.times.reduce((best, time, i) => (time >= inTime.times[best]! ? i : best), 0)
  return {
    seriesId: series.id,
    count: inTime.ids.length + late.ids.length,
    compactedUpTo,
    newest:
      inTime.ids.length === 0
        ? undefined
        : { id: inTime.ids[last]!, time: inTime.times[last]!, value: inTime.values[last]! },
    unit: inTime.metadata.findLast(({ unit }) => unit !== null)?.unit ?? null,
  }
}
