// The newest samples of one series in the order of their ids, without late ones.
import type { Head, SampleMetadata } from '../head/head.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { SampleStore, StoredSample } from '../types/samples.ts'
import { decodeSegment } from './block-codec.ts'
import type { Block, BlockTable } from './blocks.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  hot: Head
  blocks: Pick<BlockTable, 'backwards'>
}

export function createRecent({ catalog, hot, blocks }: Deps): SampleStore['recent'] {
  function* backwards(head: SeriesHead): Generator<StoredSample> {
    for (let id = head.lastHeadId; id > 0; id = hot.before(id)) if (!hot.isLate(id)) yield headSample(hot, head, id)
    for (const block of blocks.backwards(head.id, head.drill)) yield* samplesOf(head, block).toReversed()
  }

  return (seriesId, limit, { afterId = 0, beforeId = Number.MAX_SAFE_INTEGER } = {}) => {
    const head = catalog.byId(seriesId)
    const newest: StoredSample[] = []
    if (!head || limit === 0) return newest
    for (const sample of backwards(head)) {
      if (sample.id <= afterId) break
      if (sample.id < beforeId && newest.push(sample) === limit) break
    }
    return newest.toReversed()
  }
}

export const headSample = (hot: Head, head: SeriesHead, id: number): StoredSample =>
  storedSample(head, id, hot.timeOf(id), hot.valueOf(id), hot.isLate(id), hot.metadataOf(id))

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
