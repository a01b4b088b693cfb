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
  reset(head: SeriesHead): void
  /** Adds compacted samples to the row. */
  advance(change: RowChange): void
  /** Sets the time from which on samples are not late, in the row and in memory. */
  rewind(head: SeriesHead, lastTime: number): void
  /** Subtracts removed samples from the count, in the row and in memory. */
  discount(head: SeriesHead, removed: number): void
  /** Resets the head and the row of a series without samples to those of a new series. */
  blank(head: SeriesHead): void
  /** Removes a series without samples, or hides it if events refer to it. */
  close(head: SeriesHead): void
  /** Hides series without samples; called at the start, after the log was read. */
  hideEmpty(): void
}

export function createCatalog({ client }: Database, { onUndo }: Transactions): Catalog {
  const table = createSeriesTable(client)
  const index = createSeriesIndex()
  for (const head of table.all()) index.add(head)

  function create(source: string, metricType: string, { drill, value, time }: NewSample): SeriesHead {
    const head = table.get(table.insert(source, metricType, drill, value, time))!
    onUndo(() => index.delete(head))
    index.add(head)
    return head
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
      const head = index.find(source, metricType, sample.drill) ?? create(source, metricType, sample)
      if (index.show(head)) onUndo(() => index.hide(head))
      if (before) before.follower = head
      return head
    },
    anyActiveOf: (source) => index.anyActiveOf(wellFormed(source)),
    activeSources: index.activeSources,
    reset(head) {
      const saved = table.get(head.id)
      if (saved) Object.assign(head, saved)
    },
    advance: table.advance,
    rewind(head, lastTime) {
      const before = head.lastTime
      table.rewind(head.id, lastTime)
      onUndo(() => (head.lastTime = before))
      head.lastTime = lastTime
    },
    discount(head, removed) {
      table.discount(head.id, removed)
      onUndo(() => (head.count += removed))
      head.count -= removed
    },
    blank(head) {
      table.clear(head.id)
      const before = { ...head }
      onUndo(() => Object.assign(head, before))
      Object.assign(head, table.get(head.id))
    },
    close(head) {
      if (table.hasEvents(head.id)) {
        if (index.hide(head)) onUndo(() => index.show(head))
      } else {
        table.remove(head.id)
        const wasHidden = index.delete(head)
        onUndo(() => {
          index.add(head)
          if (wasHidden) index.hide(head)
        })
      }
    },
    hideEmpty() {
      for (const head of index.all()) if (head.count === 0) index.hide(head)
    },
    ...createSeriesQueries(index),
    exceeded: createSeriesLimits(index),
  }
}

const isSeriesOf = (head: SeriesHead, { source, metricType, drill }: NewSample) =>
  head.metricType === metricType && head.source === source && head.drill === drill
