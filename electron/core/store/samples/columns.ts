// The stored samples of one series, oldest first, in columns and in parts: for backtests and other long reads.
import { decodeColumns } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import type { SeriesHead } from '../series/series-head.ts'
import type { Head } from '../head/head.ts'
import type { Columns, SampleStore } from '../types/samples.ts'

interface Deps {
  catalog: Pick<Catalog, 'byId'>
  head: Head
  blocks: Pick<BlockTable, 'after' | 'before'>
}

export function createColumns({ catalog, head, blocks }: Deps): Pick<SampleStore, 'columns' | 'locate'> {
  /** The ids of head samples from this one on, without late ones. */
  function* headFrom(first: number): Generator<number> {
    for (let id = first; id > 0; id = head.nextOfSeries(id)) if (!head.isLate(id)) yield id
  }

  /** The first head sample of a series that comes after an id. */
  function firstInHead({ id: seriesId, firstHeadId }: SeriesHead, afterId: number): number {
    const isInHead = afterId >= head.firstId && afterId < head.nextId && head.seriesOf(afterId) === seriesId
    if (isInHead && afterId >= firstHeadId) return head.nextOfSeries(afterId)
    return firstHeadId
  }

  function headColumns(series: SeriesHead, afterId: number, from: number, to: number, most: number): Columns {
    const ids: number[] = []
    for (const id of headFrom(firstInHead(series, afterId))) {
      if (head.timeOf(id) > to || ids.length === most) break
      if (head.timeOf(id) >= from) ids.push(id)
    }
    const column = (valueOf: (id: number) => number) => Float64Array.from(ids, valueOf)
    return {
      ids: Float64Array.from(ids),
      times: column((id) => head.timeOf(id)),
      values: column((id) => head.valueOf(id)),
    }
  }

  return {
    columns(seriesId, { afterId, from, to }, most) {
      const series = catalog.byId(seriesId)
      if (!series) return joined([])
      const parts: Columns[] = []
      let size = 0
      for (const [fromTime, data] of blocks.after(seriesId, from, afterId)) {
        if (fromTime > to) return joined(parts)
        const part = within(decodeColumns(data), { afterId, from, to })
        parts.push(part)
        size += part.ids.length
        if (size >= most) return joined(parts)
      }
      return joined([...parts, headColumns(series, parts.at(-1)?.ids.at(-1) ?? afterId, from, to, most - size)])
    },
    locate(seriesId, { from, to }, lead) {
      const series = catalog.byId(seriesId)
      let [begin, before, samples] = [from, 0, 0]
      /** Returns false if older samples are not needed. */
      const take = (first: number, last: number, count: number): boolean => {
        if (last < from && before >= lead) return false
        if (last < from) before += count
        if (first <= to) {
          samples += count
          begin = Math.min(begin, first)
        }
        return true
      }
      for (let id = series?.lastHeadId ?? 0; id > 0; id = head.before(id))
        if (!head.isLate(id) && !take(head.timeOf(id), head.timeOf(id), 1)) return { from: begin, samples }
      for (const [first, last, count] of blocks.before(seriesId, to)) if (!take(first, last, count)) break
      return { from: begin, samples }
    },
  }
}

/** The samples of a block after an id and within a time span; ids and times are in ascending order. */
function within(columns: Columns, { afterId, from, to }: { afterId: number; from: number; to: number }): Columns {
  const { ids, times } = columns
  let [start, end] = [0, ids.length]
  while (start < end && (ids[start]! <= afterId || times[start]! < from)) start++
  while (end > start && times[end - 1]! > to) end--
  return mapped(columns, (column) => column.subarray(start, end))
}

function joined(parts: readonly Columns[]): Columns {
  const size = parts.reduce((sum, { ids }) => sum + ids.length, 0)
  const whole: Columns = { ids: new Float64Array(size), times: new Float64Array(size), values: new Float64Array(size) }
  let at = 0
  for (const { ids, times, values } of parts) {
    whole.ids.set(ids, at)
    whole.times.set(times, at)
    whole.values.set(values, at)
    at += ids.length
  }
  return whole
}

const mapped = ({ ids, times, values }: Columns, map: (column: Float64Array) => Float64Array): Columns => ({
  ids: map(ids),
  times: map(times),
  values: map(values),
})
