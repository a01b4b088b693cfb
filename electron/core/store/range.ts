// The history of one series at the width of a chart: all tiers and the hot log as one.
import { decodePoints } from './block-codec.ts'
import { TIERS, type Block, type BlockTable } from './blocks.ts'
import type { Catalog } from './catalog.ts'
import type { HotSamples } from './hot.ts'
import type { Point, SampleStore } from './store.ts'
import { decodeSums, joined, type Sums } from './sums.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  hot: HotSamples
  blocks: Pick<BlockTable, 'wideIn' | 'slicesIn'>
}

/**
 * Every slice says from which sample to which it goes. Small blocks that lie wholly in the span are not opened: each
 * counts for the slice in which its middle lies, so a slice may begin or end a little beyond its own share.
 */
export function createRange({ catalog, hot, blocks }: Deps): SampleStore['range'] {
  return (seriesId, from, to, points) => {
    const head = catalog.byId(seriesId)
    if (!head || to < from) return []
    const width = Math.max(1, Math.ceil((to - from + 1) / points))
    const slices: (Sums | undefined)[] = Array.from({ length: points })
    const add = (at: number, sums: Sums) => {
      const slice = Math.floor((at - from) / width)
      const known = slices[slice]
      slices[slice] = known ? joined(known, sums) : sums
    }
    const addPoint = (time: number, value: number) => {
      if (time >= from && time <= to)
        add(time, { from: time, to: time, count: 1, min: value, max: value, total: value })
    }

    for (const each of blocks.slicesIn(seriesId, from, to, width))
      add(from + each.slice * width, {
        from: each.from_time,
        to: each.to_time,
        count: each.count,
        min: each.minimum,
        max: each.maximum,
        total: each.total,
      })
    for (const block of blocks.wideIn(seriesId, from, to, width))
      addBlock(block, addPoint, (sums) => {
        if (sums.to >= from && sums.from <= to) add(Math.max(from, sums.from), sums)
      })
    for (let id = head.lastHotId; id > 0; id = hot.before(id)) {
      const time = hot.timeOf(id)
      if (time < from && !head.drill && !hot.isLate(id)) break
      addPoint(time, hot.valueOf(id))
    }
    return slices.flatMap((sums) => (sums ? [pointOf(sums)] : []))
  }
}

function addBlock(block: Block, addPoint: (time: number, value: number) => void, addSums: (sums: Sums) => void): void {
  if (block.tier === TIERS.samples) {
    const { times, values } = decodePoints(block.data)
    for (let i = 0; i < times.length; i++) addPoint(times[i]!, values[i]!)
  } else for (const sums of decodeSums(block.data)) addSums(sums)
}

/** A sum of large values may leave the range of a double, their mean never does. */
const pointOf = ({ from, to, count, min, max, total }: Sums): Point => ({
  from,
  to,
  count,
  min,
  max,
  mean: Number.isFinite(total) ? Math.min(max, Math.max(min, total / count)) : (min + max) / 2,
})
