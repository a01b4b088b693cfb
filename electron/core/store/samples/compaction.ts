// Compaction: head samples become blocks, series by series, in steps of some milliseconds; when all up to a point are
// packed, their rows leave the log. A block and the mark in its series' row are written together, and a sample in the
// log counts only after that mark: whenever the program dies, each sample is in exactly one place.
import { DAY } from '../../../../shared/domain/time.ts'
import { encodeSegment, decodeSegment, type Segment } from './block-codec.ts'
import { TIERS, type BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { RowChange } from '../series/series-table.ts'
import type { Head } from '../head/head.ts'
import type { HeadLog } from '../head/head-log.ts'
import { moveFirst } from './samples.ts'
import type { Store } from '../types/store.ts'
import { totalOf } from './rollups.ts'
import type { Transactions } from '../sqlite/transactions.ts'

/** Samples in a block that is full. */
const FULL = 1000
/** No block of samples covers more time, so that what is removed by age goes in small parts. */
const MAX_SEGMENT = DAY
const SAMPLES_PER_SERIES_AND_STEP = 4 * FULL
const STEP_MS = 4
const LOG_ROWS_PER_STEP = 50

/** Setting: no id up to this one is ever given again. */
const NEWEST_ID = 'samples.newest_id'
export const newestIdIn = (settings: Store['settings']) => Number(settings.get(NEWEST_ID) ?? 0)
export const setNewestId = (settings: Store['settings'], id: number) => settings.set(NEWEST_ID, String(id))

/** One walk through all series. */
interface Round {
  /** Those that have still to be compacted. */
  heads: Iterator<SeriesHead>
  /** The last id that is compacted. */
  upTo: number
}

interface Deps {
  catalog: Catalog
  hot: Head
  log: HeadLog
  blocks: BlockTable
  settings: Store['settings']
  transactions: Pick<Transactions, 'transaction' | 'onUndo'>
}

export function createCompaction({
  catalog,
  hot,
  log,
  blocks,
  settings,
  transactions,
}: Deps): (upToId: number) => boolean {
  let round: Round | undefined

  /** Gives whether something is left for another step. */
  function compactSome(heads: Iterator<SeriesHead>, upTo: number): boolean {
    const end = performance.now() + STEP_MS
    for (;;) {
      const { done, value: head } = heads.next()
      if (done) return false
      while (compactPart(head, upTo)) if (performance.now() > end) return true
      if (performance.now() > end) return true
    }
  }

  /** Gives whether something of the series is left to be compacted. */
  function compactPart(head: SeriesHead, upTo: number): boolean {
    if (head.firstHeadId === 0 || head.firstHeadId > upTo) return false
    const [inTime, late] = [emptySegment(), emptySegment()]
    let id = head.firstHeadId
    let last = 0
    for (
      ;
      id > 0 && id <= upTo && inTime.ids.length + late.ids.length < SAMPLES_PER_SERIES_AND_STEP;
      id = hot.following(id)
    ) {
      push(hot.isLate(id) ? late : inTime, hot, id)
      last = id
    }
    if (inTime.ids.length > 0) write(head, takeSmall(head, inTime), 0)
    if (late.ids.length > 0) write(head, late, 1)
    catalog.advance(rowChange(head, inTime, late, last))
    moveFirst({ hot, transactions }, head, id, last)
    return id > 0 && id <= upTo
  }

  /** What stands in a newest block goes before the new samples if they fit in, or if it is small. */
  function takeSmall(head: SeriesHead, samples: Segment): Segment {
    const block = head.drill ? undefined : blocks.newestOf(head.id)
    if (!block) return samples
    if (block.count + samples.ids.length > FULL && block.count >= FULL / 2) return samples
    blocks.remove(block.id)
    const segment = decodeSegment(block.data)
    return {
      ids: [...segment.ids, ...samples.ids],
      times: [...segment.times, ...samples.times],
      values: [...segment.values, ...samples.values],
      metadata: [...segment.metadata, ...samples.metadata],
    }
  }

  function write(head: SeriesHead, segment: Segment, late: 0 | 1): void {
    for (const part of partsOf(segment)) blocks.insert({ series_id: head.id, late, ...blockOf(part) })
  }

  /** Once all series are compacted up to the round's id, the log and the memory let go of it. */
  function trimLog(upTo: number): boolean {
    const deleted = transactions.transaction(() => {
      setNewestId(settings, hot.nextId - 1)
      return log.deleteUpTo(upTo, LOG_ROWS_PER_STEP)
    })
    hot.dropBefore(log.firstId() ?? hot.nextId)
    return deleted > 0
  }

  function isCompacted(upTo: number): boolean {
    for (const { firstHeadId: firstHotId } of catalog.heads()) if (firstHotId > 0 && firstHotId <= upTo) return false
    return true
  }

  return (upToId) => {
    if (hot.size === 0 || hot.firstId > upToId) {
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
    // A step that ran out of time may have left something of the series that it was at.
    const isDone = isCompacted(upTo)
    if (isDone && trimLog(upTo)) return true
    round = undefined
    return !isDone
  }
}

const emptySegment = (): Segment => ({ ids: [], times: [], values: [], metadata: [] })

function push(segment: Segment, hot: Head, id: number): void {
  segment.ids.push(id)
  segment.times.push(hot.timeOf(id))
  segment.values.push(hot.valueOf(id))
  segment.metadata.push(hot.metadataOf(id))
}

function rowChange(head: SeriesHead, inTime: Segment, late: Segment, compactedUpTo: number): RowChange {
  const last = inTime.times.reduce((best, time, i) => (time >= inTime.times[best]! ? i : best), 0)
  return {
    seriesId: head.id,
    count: inTime.ids.length + late.ids.length,
    compactedUpTo,
    newest:
      inTime.ids.length === 0
        ? undefined
        : { id: inTime.ids[last]!, time: inTime.times[last]!, value: inTime.values[last]! },
    unit: inTime.metadata.findLast(({ unit }) => unit !== null)?.unit ?? null,
  }
}

/** Parts of at most so many samples and so much time. */
export function* partsOf(segment: Segment): Generator<Segment> {
  let from = 0
  while (from < segment.ids.length) {
    let to = from
    let [earliest, latest] = [Infinity, -Infinity]
    for (; to < segment.ids.length && to - from < FULL; to++) {
      earliest = Math.min(earliest, segment.times[to]!)
      latest = Math.max(latest, segment.times[to]!)
      if (latest - earliest > MAX_SEGMENT) break
    }
    yield partOf(segment, from, to)
    from = to
  }
}

export const partOf = ({ ids, times, values, metadata }: Segment, from: number, to?: number): Segment => ({
  ids: ids.slice(from, to),
  times: times.slice(from, to),
  values: values.slice(from, to),
  metadata: metadata.slice(from, to),
})

/** The row for samples that fit into one block. */
export function blockOf(segment: Segment) {
  const { ids, times, values } = segment
  return {
    tier: TIERS.samples,
    first_id: ids[0]!,
    last_id: ids.at(-1)!,
    from_time: Math.min(...times),
    to_time: Math.max(...times),
    count: ids.length,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    total: totalOf(values),
    data: encodeSegment(segment),
  }
}
