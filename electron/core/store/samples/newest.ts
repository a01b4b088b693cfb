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
  head: Head
  blocks: Pick<BlockTable, 'samplesIn'>
}

interface FoundSample {
  series: SeriesHead
  id: number
  time: number
  value: number
  metadata: SampleMetadata
}

export function createNewest({ catalog, head, blocks }: Deps): SampleStore['newest'] {
  /** The newest `limit` samples of one series within the span, and perhaps some more. */
  function newestOf(series: SeriesHead, from: number, to: number, limit: number): FoundSample[] {
    const found: FoundSample[] = []
    let foundInTime = 0
    for (let id = series.lastHeadId; id > 0; id = head.before(id)) {
      const time = head.timeOf(id)
      const inTime = !series.drill && !head.isLate(id)
      // Samples before one that is not late are not newer than it.
      if (inTime && (time < from || foundInTime === limit)) break
      if (time < from || time > to) continue
      found.push({ series, id, time, value: head.valueOf(id), metadata: head.metadataOf(id) })
      if (inTime) foundInTime++
    }
    for (const block of blocks.samplesIn(series.id, from, to)) {
      if (found.length >= limit && block.to_time < timeOfNth(found, limit)) break
      const inTime = !series.drill && block.late === 0
      const { ids, times, values, metadata } = decodeSegment(block.data)
      for (let i = times.length - 1; i >= 0; i--) {
        const time = times[i]!
        if (inTime && (time < from || foundInTime === limit)) break
        if (time < from || time > to) continue
        found.push({ series, id: ids[i]!, time, value: values[i]!, metadata: metadata[i]! })
        if (inTime) foundInTime++
      }
    }
    return found
  }

  return (seriesIds, from, to, limit) => {
    let newest: FoundSample[] = []
    for (const seriesId of new Set(seriesIds)) {
      const series = catalog.byId(seriesId)
      if (!series) continue
      const oldest = newest.length === limit ? newest.at(-1)!.time : from
      newest.push(...newestOf(series, oldest, to, limit))
      newest = newest.toSorted(newestFirst).slice(0, limit)
    }
    return newest.map(sampleOut)
  }
}

const newestFirst = (one: FoundSample, other: FoundSample) => other.time - one.time || other.id - one.id

const timeOfNth = (found: readonly FoundSample[], n: number) =>
  Float64Array.from(found, ({ time }) => time)
    .toSorted()
    .at(-n)!

const sampleOut = ({ series, id, time, value, metadata }: FoundSample): SampleOut => ({
  id,
  server_id: metadata.serverId,
  source: series.source,
  metric_type: series.metricType,
  value,
  unit: metadata.unit,
  tags: metadata.tags,
  recorded_at: toIso(time),
})
