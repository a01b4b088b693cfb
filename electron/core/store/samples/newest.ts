// The newest samples of several series within a time span, late ones included.
import { toIso } from '../../../../shared/domain/time.ts'
import type { SampleOut } from '../../../../shared/schemas/sample.ts'
import { decodeSegment } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { Head, SampleMetadata } from '../head/head.ts'
import type { SampleStore } from '../types/samples.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  hot: Head
  blocks: Pick<BlockTable, 'samplesIn'>
}

interface Found {
  head: SeriesHead
  id: number
  time: number
  value: number
  metadata: SampleMetadata
}

export function createNewest({ catalog, hot, blocks }: Deps): SampleStore['newest'] {
  /** The newest `limit` samples of one series within the span, and perhaps some more. */
  function newestOf(head: SeriesHead, from: number, to: number, limit: number): Found[] {
    const found: Found[] = []
    let foundInTime = 0
    for (let id = head.lastHeadId; id > 0; id = hot.before(id)) {
      const time = hot.timeOf(id)
      const inTime = !head.drill && !hot.isLate(id)
      // Samples before one that is not late are not newer than it.
      if (inTime && (time < from || foundInTime === limit)) break
      if (time < from || time > to) continue
      found.push({ head, id, time, value: hot.valueOf(id), metadata: hot.metadataOf(id) })
      if (inTime) foundInTime++
    }
    for (const block of blocks.samplesIn(head.id, from, to)) {
      if (found.length >= limit && block.to_time < timeOfNth(found, limit)) break
      const inTime = !head.drill && block.late === 0
      const { ids, times, values, metadata } = decodeSegment(block.data)
      for (let i = times.length - 1; i >= 0; i--) {
        const time = times[i]!
        if (inTime && (time < from || foundInTime === limit)) break
        if (time < from || time > to) continue
        found.push({ head, id: ids[i]!, time, value: values[i]!, metadata: metadata[i]! })
        if (inTime) foundInTime++
      }
    }
    return found
  }

  return (seriesIds, from, to, limit) => {
    let newest: Found[] = []
    for (const seriesId of new Set(seriesIds)) {
      const head = catalog.byId(seriesId)
      if (!head) continue
      const oldest = newest.length === limit ? newest.at(-1)!.time : from
      newest.push(...newestOf(head, oldest, to, limit))
      newest = newest.toSorted(newestFirst).slice(0, limit)
    }
    return newest.map(sampleOut)
  }
}

const newestFirst = (one: Found, other: Found) => other.time - one.time || other.id - one.id

const timeOfNth = (found: readonly Found[], n: number) =>
  Float64Array.from(found, ({ time }) => time)
    .toSorted()
    .at(-n)!

const sampleOut = ({ head, id, time, value, metadata }: Found): SampleOut => ({
  id,
  server_id: metadata.serverId,
  source: head.source,
  metric_type: head.metricType,
  value,
  unit: metadata.unit,
  tags: metadata.tags,
  recorded_at: toIso(time),
})
