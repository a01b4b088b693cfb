// Marks samples as late that a wrong clock dated in the future, so that new samples are in order again.
import { decodeSegment } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { Head } from '../head/head.ts'
import { blockOf, partOf } from './segments.ts'
import type { SampleStore } from '../types/samples.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId' | 'rewind'>
  head: Head
  blocks: BlockTable
}

export function createMarkLate({ catalog, head, blocks }: Deps): SampleStore['markFutureAsLate'] {
  /** Times in the head: of the newest sample in order, and the latest of all. */
  function headTimes({ lastHeadId }: SeriesHead) {
    let [inOrder, latest] = [-Infinity, -Infinity]
    for (let id = lastHeadId; id > 0; id = head.before(id)) {
      latest = Math.max(latest, head.timeOf(id))
      if (!head.isLate(id)) inOrder = Math.max(inOrder, head.timeOf(id))
    }
    return { inOrder, latest }
  }

  return (seriesId, time) => {
    const series = catalog.byId(seriesId)
    if (!series) return false
    const { inOrder, latest } = headTimes(series)
    if (inOrder > time) return false
    // The log doesn't record what is late. A start decides it again from the times, so `lastTime` must stay above
    // the times of the late samples in the head.
    const after = Math.max(time, latest)
    if (series.lastTime <= after) return true
    for (const { id, data } of blocks.across(seriesId, after)) {
      blocks.remove(id)
      const segment = decodeSegment(data)
      const first = segment.times.findIndex((time) => time > after)
      blocks.insert({ series_id: seriesId, late: 0, ...blockOf(partOf(segment, 0, first)) })
      blocks.insert({ series_id: seriesId, late: 1, ...blockOf(partOf(segment, first)) })
    }
    blocks.markLate(seriesId, after)
    catalog.rewind(series, after + 1)
    return true
  }
}
