// Sets apart what a wrong clock stamped: samples that lie ahead of all that will come count as late from then on.
import { decodeStretch } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import type { Catalog, SeriesHead } from './catalog.ts'
import type { HotSamples } from './hot.ts'
import { blockOf, partOf } from './packing.ts'
import type { SampleStore } from './store.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId' | 'rewind'>
  hot: HotSamples
  blocks: BlockTable
}

export function createSettingApart({ catalog, hot, blocks }: Deps): SampleStore['setApart'] {
  /** Times of what is hot: the newest that is in order, and the latest of all. */
  function hotTimes({ lastHotId }: SeriesHead) {
    let [inOrder, latest] = [-Infinity, -Infinity]
    for (let id = lastHotId; id > 0; id = hot.before(id)) {
      latest = Math.max(latest, hot.timeOf(id))
      if (!hot.isLate(id)) inOrder = Math.max(inOrder, hot.timeOf(id))
    }
    return { inOrder, latest }
  }

  return (seriesId, time) => {
    const head = catalog.byId(seriesId)
    if (!head) return false
    const { inOrder, latest } = hotTimes(head)
    if (inOrder > time) return false
    // The log doesn't say what is late: what was when it came must be earlier than the next when it is read, too.
    const after = Math.max(time, latest)
    if (head.lastTime <= after) return true
    for (const { id, data } of blocks.across(seriesId, after)) {
      blocks.remove(id)
      const stretch = decodeStretch(data)
      const first = stretch.times.findIndex((time) => time > after)
      blocks.insert({ series_id: seriesId, late: 0, ...blockOf(partOf(stretch, 0, first)) })
      blocks.insert({ series_id: seriesId, late: 1, ...blockOf(partOf(stretch, first)) })
    }
    blocks.markLate(seriesId, after)
    catalog.rewind(head, after + 1)
    return true
  }
}
