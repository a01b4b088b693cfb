// The catalog of series: a table that is held in memory as a whole, so that an append needs no query.
import type { Database } from '../sqlite/database.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import type { NewSample } from '../types/samples.ts'
import type { SeriesCatalog } from '../types/series.ts'
import { wellFormed, type SeriesHead } from './series-head.ts'
import { createSeriesIndex } from './series-index.ts'
import { createSeriesLimits } from './series-limits.ts'
import { createSeriesQueries } from './series-queries.ts'
import { createSeriesTable, type RowChange } from './series-table.ts'

/** Changes are made inside a transaction. If it is rolled back, the change in memory is undone, too. */
export interface Catalog extends SeriesCatalog {
  byId(id: number): SeriesHead | undefined
  heads(): MapIterator<SeriesHead>
  /** The number of series, hidden ones included. */
  size(): number
  /** The number of series that have samples. */
  active(): number
  /**
   * The series of a sample, created if it is new.
   *
   * @param before the series of the previous sample
   */
  headFor(sample: NewSample, before?: SeriesHead): SeriesHead
  /** A series of exactly this source that has samples. */
  anyActiveOf(source: string): SeriesHead | undefined
  /** The sources that have a series with samples. */
  activeSources(): string[]
  /** Resets a head to its row. */
  reset(series: SeriesHead): void
  /** Adds compacted samples to the row. */
  advance(change: RowChange): void
  /** Sets the time from which on samples are not late, in the row and in memory. */
  rewind(series: SeriesHead, lastTime: number): void
  /** Subtracts removed samples from the count, in the row and in memory. */
  discount(series: SeriesHead, removed: number): void
  /** Resets the head and the row of a series without samples to those of a new series. */
  blank(series: SeriesHead): void
  /** Removes a series without samples, or hides it if events refer to it. */
  close(series: SeriesHead): void
  /** Hides series without samples; called at the start, after the log was read. */
  hideEmpty(): void
}

export function createCatalog({ client }: Database, { onUndo }: Transactions): Catalog {
  const table = createSeriesTable(client)
  const index = createSeriesIndex()
  for (const series of table.all()) index.add(series)

  function create(source: string, metricType: string, { drill, value, time }: NewSample): SeriesHead {
    const series = table.get(table.insert(source, metricType, drill, value, time))!
    onUndo(() => index.delete(series))
    index.add(series)
    return series
  }

  return {
    byId: index.byId,
    heads: index.all,
    size: index.size,
    active: index.active,
    headFor(sample, before) {
      const guess = before?.follower
      // A removed series keeps its name, but is not found by its id any more; a hidden one has to be shown.
      if (guess && guess.count > 0 && isSeriesOf(guess, sample) && index.byId(guess.id) === guess) return guess
      const [source, metricType] = [wellFormed(sample.source), wellFormed(sample.metricType)]
      const series = index.find(source, metricType, sample.drill) ?? create(source, metricType, sample)
      if (index.show(series)) onUndo(() => index.hide(series))
      if (before) before.follower = series
      return series
    },
    anyActiveOf: (source) => index.anyActiveOf(wellFormed(source)),
    activeSources: index.activeSources,
    reset(series) {
      const saved = table.get(series.id)
      if (saved) Object.assign(series, saved)
    },
    advance: table.advance,
    rewind(series, lastTime) {
      const before = series.lastTime
      table.rewind(series.id, lastTime)
      onUndo(() => (series.lastTime = before))
      series.lastTime = lastTime
    },
    discount(series, removed) {
      table.discount(series.id, removed)
      onUndo(() => (series.count += removed))
      series.count -= removed
    },
    blank(series) {
      table.clear(series.id)
      const before = { ...series }
      onUndo(() => Object.assign(series, before))
      Object.assign(series, table.get(series.id))
    },
    close(series) {
      if (table.hasEvents(series.id)) {
        if (index.hide(series)) onUndo(() => index.show(series))
      } else {
        table.remove(series.id)
        const wasHidden = index.delete(series)
        onUndo(() => {
          index.add(series)
          if (wasHidden) index.hide(series)
        })
      }
    },
    hideEmpty() {
      for (const series of index.all()) if (series.count === 0) index.hide(series)
    },
    ...createSeriesQueries(index),
    exceeded: createSeriesLimits(index),
  }
}

const isSeriesOf = (series: SeriesHead, { source, metricType, drill }: NewSample) =>
  series.metricType === metricType && series.source === source && series.drill === drill
