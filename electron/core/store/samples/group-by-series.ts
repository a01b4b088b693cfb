// Groups head samples by series. The head holds them in the order of arrival, so the samples of one series are far
// apart in memory. They are read once in that order and copied to columns that fit into the processor's cache.
import type { Catalog } from '../series/catalog.ts'
import type { Head } from '../head/head.ts'
import type { GroupedSamples, SampleStore } from '../types/samples.ts'

export function createGroupBySeries(head: Head, catalog: Pick<Catalog, 'byId'>): SampleStore['groupBySeries'] {
  let columns = createColumns(1024)
  return (fromId, toId) => {
    const first = Math.max(fromId, head.firstId)
    const size = Math.max(0, Math.min(toId, head.nextId - 1) - first + 1)
    if (size > columns.ids.length) columns = createColumns(2 * size)
    const { ids, times, values, runOf } = columns
    const runs: GroupedSamples['runs'] = []
    // A sample is in the run of the sample before it in its series. At first, `end` counts the samples of a run.
    for (let i = 0; i < size; i++) {
      const previous = head.before(first + i) - first
      const seriesId = head.seriesOf(first + i)
      const run = previous >= 0 ? runOf[previous]! : runs.push({ seriesId, start: 0, end: 0 }) - 1
      runOf[i] = run
      if (!head.isLate(first + i)) runs[run]!.end++
    }
    let start = 0
    for (const run of runs) {
      run.start = start
      start += run.end
      run.end = run.start
    }
    for (let i = 0; i < size; i++) {
      const id = first + i
      if (head.isLate(id)) continue
      const place = runs[runOf[i]!]!.end++
      ids[place] = id
      times[place] = head.timeOf(id)
      values[place] = head.valueOf(id)
    }
    const ofRealSeries = runs.filter(
      ({ seriesId, start, end }) => end > start && catalog.byId(seriesId)?.drill === false,
    )
    return { ids, times, values, runs: ofRealSeries }
  }
}

const createColumns = (size: number) => ({
  ids: new Float64Array(size),
  times: new Float64Array(size),
  values: new Float64Array(size),
  runOf: new Int32Array(size),
})
