// The newest samples of one series in the order of their ids, without late ones.
import type { Head, SampleMetadata } from '../head/head.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { SampleStore, StoredSample } from '../types/samples.ts'
import { decodeSegment } from './block-codec.ts'
import type { Block, BlockTable } from './blocks.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  head: Head
  blocks: Pick<BlockTable, 'backwards'>
}

export function createRecent({ catalog, head, blocks }: Deps): SampleStore['recent'] {
  function* backwards(series: SeriesHead): Generator<StoredSample> {
    for (let id = series.lastHeadId; id > 0; id = head.before(id))
      if (!head.isLate(id)) yield headSample(head, series, id)
    for (const block of blocks.backwards(series.id, series.drill)) yield* samplesOf(series, block).toReversed()
  }

  return (seriesId, limit, { afterId = 0, beforeId = Number.MAX_SAFE_INTEGER } = {}) => {
    const series = catalog.byId(seriesId)
    const newest: StoredSample[] = []
    if (!series || limit === 0) return newest
    for (const sample of backwards(series)) {
      if (sample.id <= afterId) break
      if (sample.id < beforeId && newest.push(sample) === limit) break
    }
    return newest.toReversed()
  }
}

export const headSample = (head: Head, series: SeriesHead, id: number): StoredSample =>
  storedSample(series, id, head.timeOf(id), head.valueOf(id), head.isLate(id), head.metadataOf(id))

function samplesOf(series: SeriesHead, block: Block): StoredSample[] {
  const { ids, times, values, metadata } = decodeSegment(block.data)
  return ids.map((id, i) => storedSample(series, id, times[i]!, values[i]!, block.late === 1, metadata[i]!))
}

const storedSample = (
  { id: seriesId, source, metricType, drill }: SeriesHead,
  id: number,
  time: number,
  value: number,
  late: boolean,
  { unit, tags, serverId }: SampleMetadata,
): StoredSample => ({ id, seriesId, source, metricType, value, unit, tags, serverId, time, drill, late })
