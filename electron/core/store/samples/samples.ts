// Samples: new ones go to the head log and stay in memory until they are compacted into blocks; the history is both.
import type { Database } from 'better-sqlite3'
import { decodeSegment } from './block-codec.ts'
import type { Block, BlockTable } from './blocks.ts'
import { createColumns } from './columns.ts'
import type { Catalog } from '../series/catalog.ts'
import { wellFormed, type SeriesHead } from '../series/series-head.ts'
import { createGroupBySeries } from './group-by-series.ts'
import { NO_METADATA, type Head, type SampleMetadata } from '../head/head.ts'
import type { HeadLog } from '../head/head-log.ts'
import { createNewest } from './newest.ts'
import { createRange } from './range.ts'
import { createSampleCounts } from '../head/sample-counts.ts'
import type { NewSample, SampleStore, StoredSample } from '../types/samples.ts'
import type { Transactions } from '../sqlite/transactions.ts'

interface Deps {
  client: Database
  catalog: Catalog
  transactions: Transactions
  hot: Head
  log: HeadLog
  blocks: BlockTable
  /** Hears of what was appended, inside its transaction. */
  announce(firstId: number, count: number): void
}

export function createSampleStore(
  deps: Deps,
): Omit<SampleStore, 'headSize' | 'logBytes' | 'sizes' | 'compact' | 'markFutureAsLate' | 'downsample'> {
  const { client, catalog, transactions, hot, log, blocks, announce } = deps
  const counts = createSampleCounts(client)
  const metadataOf = createMetadataPool()
  /** Samples from here on are not in the log yet. */
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
    // Blocks keep no negative zero, and what is given back now must equal what is read later.
    const value = sample.value + 0
    const metadata = metadataOf(sample, head)
    const id = hot.push(head.id, sample.time, value, late, metadata, head.lastHeadId)
    addToHead(head, id, sample.time, value, metadata)
    return head
  }

  /** Takes back all samples from this one on. */
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

  const headSample = (head: SeriesHead, id: number): StoredSample =>
    storedSample(head, id, hot.timeOf(id), hot.valueOf(id), hot.isLate(id), hot.metadataOf(id))

  function* backwards(head: SeriesHead): Generator<StoredSample> {
    for (let id = head.lastHeadId; id > 0; id = hot.before(id)) if (!hot.isLate(id)) yield headSample(head, id)
    for (const block of blocks.backwards(head.id, head.drill)) yield* samplesOf(head, block).toReversed()
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
    recent(seriesId, limit, { afterId = 0, beforeId = Number.MAX_SAFE_INTEGER } = {}) {
      const head = catalog.byId(seriesId)
      const newest: StoredSample[] = []
      if (!head || limit === 0) return newest
      for (const sample of backwards(head)) {
        if (sample.id <= afterId) break
        if (sample.id < beforeId && newest.push(sample) === limit) break
      }
      return newest.toReversed()
    },
    newest: createNewest({ catalog, hot, blocks }),
    range: createRange({ catalog, hot, blocks }),
    ...createColumns({ catalog, hot, blocks }),
    get(id) {
      const head = id >= hot.firstId && id < hot.nextId ? catalog.byId(hot.seriesOf(id)) : undefined
      return head && headSample(head, id)
    },
    groupBySeries: createGroupBySeries(hot, catalog),
  }
}

/** Whether a sample of this time comes late; drills go back and forth in time as they like. */
export const isLate = ({ drill, lastTime }: SeriesHead, time: number): boolean => !drill && time < lastTime

/** Brings a head up to one more head sample. */
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

/** Says that the head samples of a series begin here (0 for none left), and that those before are in the log in vain. */
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

/** Kinds of metadata without tags that are remembered, so that all samples that carry them share one object. */
const MAX_REMEMBERED = 1000

function createMetadataPool() {
  const known = new Map<string, SampleMetadata>()
  const shared = (unit: string | null, serverId: number | null): SampleMetadata => {
    const key = `${serverId} ${unit}`
    const metadata = known.get(key) ?? { unit, serverId, tags: null }
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(key, metadata)
    return metadata
  }
  /** In a steady series all samples carry the same. */
  return ({ unit, serverId, tags }: NewSample, { metadata = NO_METADATA }: SeriesHead): SampleMetadata => {
    if (unit === metadata.unit && serverId === metadata.serverId && areSame(tags, metadata.tags)) return metadata
    const itsUnit = unit === null ? null : wellFormed(unit)
    return tags ? { unit: itsUnit, serverId, tags: plainTags(tags) } : shared(itsUnit, serverId)
  }
}

const areSame = (one: SampleMetadata['tags'], other: SampleMetadata['tags']) =>
  one === other || (one !== null && other !== null && JSON.stringify(one) === JSON.stringify(other))

/** As they will be read later. */
const plainTags = (tags: NonNullable<SampleMetadata['tags']>) =>
  JSON.parse(JSON.stringify(tags)) as NonNullable<SampleMetadata['tags']>

function samplesOf(head: SeriesHead, block: Block): StoredSample[] {
  const { ids, times, values, metadata } = decodeSegment(block.data)
  return ids.map((id, i) => storedSample(head, id, times[i]!, values[i]!, block.late === 1, metadata[i]!))
}

const storedSample = (
  { id: seriesId, source, metricType, drill }: SeriesHead,
  id: number,
  time: number,
  value: number,
  late: boolean,
  { unit, tags, serverId }: SampleMetadata,
): StoredSample => ({ id, seriesId, source, metricType, value, unit, tags, serverId, time, drill, late })
