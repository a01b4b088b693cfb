// The history of one series at the resolution of a chart, from all tiers and the head.
import { decodePoints } from './block-codec.ts'
import { TIERS, type BlockHead, type BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { Head } from '../head/head.ts'
import type { Point, SampleStore } from '../types/samples.ts'
import { bounded, decodeRollups, type Rollups } from './rollups.ts'

/** Decoding that many blocks the event loop for about ten milliseconds. */
const MAX_DECODED = 200

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  head: Head
  blocks: Pick<BlockTable, 'headsIn' | 'dataOf'>
}

/**
 * Every slice has the times of its first and last sample. Small blocks within the span are not decoded: each counts for
 * the slice at its middle, so a slice may begin or end a little outside its own share. If too many blocks would have to
 * be decoded, the slices are wider than requested.
 */
export function createRange({ catalog, head, blocks }: Deps): SampleStore['range'] {
  return (seriesId, from, to, points) => {
    const series = catalog.byId(seriesId)
    if (!series || to < from) return []
    const heads = blocks.headsIn(seriesId, from, to)
    const width = widthFor(heads, Math.max(1, Math.ceil((to - from + 1) / points)))
    const slices = createSlices(from, to, width)
    for (const block of heads)
      if (block.from >= from && block.to <= to && block.to - block.from < width)
        slices.add((block.from + block.to) / 2, block)
      else addDecoded(slices, block.tier, blocks.dataOf(block.id))
    for (let id = series.lastHeadId; id > 0; id = head.before(id)) {
      const time = head.timeOf(id)
      if (time < from && !series.drill && !head.isLate(id)) break
      slices.addPoint(time, head.valueOf(id))
    }
    return slices.points()
  }
}

/** At least this width, and wide enough that at most `MAX_DECODED` blocks have to be decoded. */
function widthFor(heads: readonly BlockHead[], least: number): number {
  let width = least
  while (heads.filter(({ from, to }) => to - from >= width).length > MAX_DECODED) width *= 2
  return width
}

function addDecoded(slices: Slices, tier: number, data: Buffer): void {
  if (tier === TIERS.samples) {
    const { times, values } = decodePoints(data)
    for (let i = 0; i < times.length; i++) slices.addPoint(times[i]!, values[i]!)
  } else for (const rollups of decodeRollups(data)) slices.addRollups(rollups)
}

type Slices = ReturnType<typeof createSlices>

/** In columns, since a long history adds up many thousand samples. */
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
    /** Adds to the slice of a time within the span. */
    add,
    /** Ignores points outside the span. */
    addPoint(time: number, value: number) {
      if (time >= start && time <= end) addTo(Math.floor((time - start) / width), time, time, 1, value, value, value)
    },
    /** Ignores rollups that don't overlap the span. */
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
            // If the total was clamped to the range of a double, the mean still lies between minimum and maximum.
            mean: Math.min(max[i]!, Math.max(min[i]!, total[i]! / count[i]!)),
          })
      return points
    },
  }
}
