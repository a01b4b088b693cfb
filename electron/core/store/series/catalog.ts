// The series: a table, and all of it in memory, so that an append asks the database nothing.
import type { Database } from '../sqlite/database.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import type { NewSample } from '../types/samples.ts'
import type { SeriesCatalog } from '../types/series.ts'
import { wellFormed, type SeriesHead } from './series-head.ts'
import { createSeriesIndex } from './series-index.ts'
import { createSeriesLimits } from './series-limits.ts'
import { createSeriesQueries } from './series-queries.ts'
import { createSeriesTable, type RowChange } from './series-table.ts'

/** What changes the catalogue stands in a transaction; if that is undone, so is the change in memory. */
export interface Catalog extends SeriesCatalog {
  byId(id: number): SeriesHead | undefined
  heads(): MapIterator<SeriesHead>
  /** Hidden ones too. */
  size(): number
  /** Those that have samples. */
  active(): number
  /**
   * The series of a sample, made if it is new.
   *
   * @param before the series of the sample that came before it
   */
  headFor(sample: NewSample, before?: SeriesHead): SeriesHead
  /** One of exactly this source that has samples. */
  anyActiveOf(source: string): SeriesHead | undefined
  /** Those of which one has samples, each once. */
  activeSources(): string[]
  /** Sets a head to what its row says. */
  reset(head: SeriesHead): void
  /** Brings the row up to what went to a block. */
  advance(change: RowChange): void
  /** Sets the time from which on samples are not late, in the row and in memory. */
  rewind(head: SeriesHead, lastTime: number): void
  /** Takes samples that were removed off the count, in the row and in memory. */
  discount(head: SeriesHead, removed: number): void
  /** Sets a head of which all samples are gone, and its row, to what those of a new series say. */
  blank(head: SeriesHead): void
  /** Of a series without samples: removes it, or hides it where events refer to it. */
  close(head: SeriesHead): void
  /** Once the log was read at a start: hides those that have no samples. */
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
      // One that was removed keeps its name, but nobody finds it by its id any more; a hidden one has to be shown.
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
