// Segments: the samples of one series that go into one block.
import { DAY } from '../../../../shared/domain/time.ts'
import type { Head } from '../head/head.ts'
import { encodeSegment, type Segment } from './block-codec.ts'
import { TIERS } from './blocks.ts'
import { totalOf } from './rollups.ts'

export const MAX_BLOCK_SAMPLES = 1000
/** No block of samples covers more time, so that removal by age goes in small parts. */
const MAX_BLOCK_TIME = DAY

export const emptySegment = (): Segment => ({ ids: [], times: [], values: [], metadata: [] })

/** Appends a head sample. */
export function push(segment: Segment, head: Head, id: number): void {
  segment.ids.push(id)
  segment.times.push(head.timeOf(id))
  segment.values.push(head.valueOf(id))
  segment.metadata.push(head.metadataOf(id))
}

export const joinSegments = (one: Segment, other: Segment): Segment => ({
  ids: [...one.ids, ...other.ids],
  times: [...one.times, ...other.times],
  values: [...one.values, ...other.values],
  metadata: [...one.metadata, ...other.metadata],
})

/** Splits a segment into parts that fit into one block each, by number of samples and by time. */
export function* partsOf(segment: Segment): Generator<Segment> {
  let from = 0
  while (from < segment.ids.length) {
    let to = from
    let [earliest, latest] = [Infinity, -Infinity]
    for (; to < segment.ids.length && to - from < MAX_BLOCK_SAMPLES; to++) {
      earliest = Math.min(earliest, segment.times[to]!)
      latest = Math.max(latest, segment.times[to]!)
      if (latest - earliest > MAX_BLOCK_TIME) break
    }
    yield partOf(segment, from, to)
    from = to
  }
}

export const partOf = ({ ids, times, values, metadata }: Segment, from: number, to?: number): Segment => ({
  ids: ids.slice(from, to),
  times: times.slice(from, to),
  values: values.slice(from, to),
  metadata: metadata.slice(from, to),
})

/** The row of a block, without its series and whether it is late. */
export function blockOf(segment: Segment) {
  const { ids, times, values } = segment
  return {
    tier: TIERS.samples,
    first_id: ids[0]!,
    last_id: ids.at(-1)!,
    from_time: Math.min(...times),
    to_time: Math.max(...times),
    count: ids.length,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    total: totalOf(values),
    data: encodeSegment(segment),
  }
}
