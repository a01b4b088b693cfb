// The history of one series at the width of a chart: all tiers and the head log as one.
import { decodePoints } from './block-codec.ts'
import { TIERS, type BlockHead, type BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { Head } from '../head/head.ts'
import type { Point, SampleStore } from '../types/samples.ts'
import { bounded, decodeRollups, type Rollups } from './rollups.ts'

/** To open that many takes some ten milliseconds, in which nothing else is done. */
const MAX_OPENED = 200

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  hot: Head
  blocks: Pick<BlockTable, 'headsIn' | 'dataOf'>
}

/**
 * Every slice says from which sample to which it goes. Small blocks that lie wholly in the span are not opened: each
 * counts for the slice in which its middle lies, so a slice may begin or end a little beyond its own share. Where too
 * many would have to be opened, the slices are wider than was asked for.
 */
export function createRange({ catalog, hot, blocks }: Deps): SampleStore['range'] {
  return (seriesId, from, to, points) => {
    const head = catalog.byId(seriesId)
    if (!head || to < from) return []
    const heads = blocks.headsIn(seriesId, from, to)
    const width = widthFor(heads, Math.max(1, Math.ceil((to - from + 1) / points)))
    const slices = createSlices(from, to, width)
    for (const block of heads)
      if (block.from >= from && block.to <= to && block.to - block.from < width)
        slices.add((block.from + block.to) / 2, block)
      else addOpened(slices, block.tier, blocks.dataOf(block.id))
    for (let id = head.lastHeadId; id > 0; id = hot.before(id)) {
      const time = hot.timeOf(id)
      if (time < from && !head.drill && !hot.isLate(id)) break
      slices.addPoint(time, hot.valueOf(id))
    }
    return slices.points()
  }
}

/** At least so wide, and so wide that few blocks are as wide. */
function widthFor(heads: readonly BlockHead[], least: number): number {
  let width = least
  while (heads.filter(({ from, to }) => to - from >= width).length > MAX_OPENED) width *= 2
  return width
}

function addOpened(slices: Slices, tier: number, data: Buffer): void {
  if (tier === TIERS.samples) {
    const { times, values } = decodePoints(data)
    for (let i = 0; i < times.length; i++) slices.addPoint(times[i]!, values[i]!)
  } else for (const rollups of decodeRollups(data)) slices.addRollups(rollups)
}

type Slices = ReturnType<typeof createSlices>

/** In columns: a look at a long history adds up many thousand samples. */
function createSlices(start: number, end: number, width: number) {
  const size = Math.floor((end - start) / width) + 1
  const [from, to, count, min, max, total] = [column(), column(), column(), column(), column(), column()]
  function column() {
    return new Float64Array(size)
  }

  function addTo(slice: number, first: number, last: number, many: number, least: number, most: number, sum: number) {
    const isNew = count[slice] === 0
    if (isNew || first < from[slice]!) from[slice] = first
    if (isNew || last > to[slice]!) to[slice] = last
    if (isNew || least < min[slice]!) min[slice] = least
    if (isNew || most > max[slice]!) max[slice] = most
    count[slice]! += many
    total[slice] = bounded(total[slice]! + sum)
  }

  const add = (time: number, rollups: Rollups) =>
    addTo(
      Math.floor((time - start) / width),
      rollups.from,
      rollups.to,
      rollups.count,
      rollups.min,
      rollups.max,
      rollups.total,
    )

  return {
    /** To the slice of a time within the span. */
    add,
    /** Only what is in the span. */
    addPoint(time: number, value: number) {
      if (time >= start && time <= end) addTo(Math.floor((time - start) / width), time, time, 1, value, value, value)
    },
    /** Only what reaches into the span. */
    addRollups(rollups: Rollups) {
      if (rollups.to >= start && rollups.from <= end) add(Math.max(start, rollups.from), rollups)
    },
    points(): Point[] {
      const points: Point[] = []
      for (let i = 0; i < size; i++)
        if (count[i]! > 0)
          points.push({
            from: from[i]!,
            to: to[i]!,
            count: count[i]!,
            min: min[i]!,
            max: max[i]!,
            // Where their sum was cut off at the end of a double's range, it still lies between them.
            mean: Math.min(max[i]!, Math.max(min[i]!, total[i]! / count[i]!)),
          })
      return points
    },
  }
}
