// The series: a table, and all of it in memory, so that an append asks the database nothing.
import { toIso } from '../../../../shared/domain/time.ts'
import type { Series } from '../../../../shared/schemas/series.ts'
import type { Database } from '../sqlite/database.ts'
import type { SampleMetadata } from '../head/head.ts'
import { createSeriesLimits } from './series-limits.ts'
import type { NewSample } from '../types/samples.ts'
import type { SeriesCatalog } from '../types/series.ts'
import type { Transactions } from '../sqlite/transactions.ts'

/**
 * A series and the newest of its samples. In its row it stands as of `coldUpTo`; here it also knows the samples after
 * that, which are in the hot log.
 */
export interface SeriesHead {
  readonly id: number
  readonly source: string
  readonly metricType: string
  readonly sourceFolded: string
  readonly metricTypeFolded: string
  readonly drill: boolean
  unit: string | null
  lastValue: number
  lastTime: number
  lastSampleId: number
  /** 0 where all samples are gone, but events still refer to the series: it is hidden then, and has no part in limits. */
  count: number
  /** The newest sample that lies in a block. */
  compactedUpTo: number
  /** The oldest and the newest hot sample; 0 where there is none. */
  firstHeadId: number
  lastHeadId: number
  /** What the newest sample carried. */
  notes: SampleMetadata | undefined
  /** The series whose sample came after this one's the last time: agents post in the same order again and again. */
  follower: SeriesHead | undefined
}

/** What samples that go to a block, or from it, change in the row of their series. */
export interface RowChange {
  seriesId: number
  count: number
  coldUpTo: number
  /** The last of them that did not come late. */
  newest: { id: number; time: number; value: number } | undefined
  /** The last unit that one of them carried. */
  unit: string | null
}

/** What changes the catalogue stands in a transaction; where that is undone, so is the change in memory. */
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
  anyHeldBy(source: string): SeriesHead | undefined
  /** Those of which one has samples, each once. */
  sourcesHeld(): string[]
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

interface Row {
  id: number
  source: string
  metric_type: string
  drill: number
  unit: string | null
  last_value: number
  last_time: number
  last_sample_id: number
  count: number
  cold_up_to: number
}

/** Text as the database gives it back: UTF-8 has no lone surrogates. */
export const wellFormed = (text: string) => (text.isWellFormed() ? text : text.toWellFormed())

export const folded = (text: string) => wellFormed(text).toLowerCase()

const COLUMNS = 'id, source, metric_type, drill, unit, last_value, last_time, last_sample_id, count, cold_up_to'

export function createCatalog({ client }: Database, { onUndo }: Transactions): Catalog {
  const insert = client.prepare(
    `INSERT INTO series (source, metric_type, drill, source_folded, metric_type_folded, unit, last_value, last_time, last_sample_id, count)
     VALUES (?, ?, ?, ?, ?, NULL, ?, ?, 0, 0)`,
  )
  const rowOf = client.prepare<[id: number], Row>(`SELECT ${COLUMNS} FROM series WHERE id = ?`)
  // A drill's samples go back and forth in time: its head is the latest of them, not the last.
  const advance = client.prepare<[Omit<RowChange, 'newest'> & { id: number; time: number; value: number }]>(
    `UPDATE series SET count = count + @count, cold_up_to = @coldUpTo,
       unit = CASE WHEN @id > 0 AND @time >= last_time THEN ifnull(@unit, unit) ELSE unit END,
       last_value = CASE WHEN @id > 0 AND @time >= last_time THEN @value ELSE last_value END,
       last_sample_id = CASE WHEN @id > 0 AND @time >= last_time THEN @id ELSE last_sample_id END,
       last_time = CASE WHEN @id > 0 THEN max(last_time, @time) ELSE last_time END
     WHERE id = @seriesId`,
  )
  const discount = client.prepare<[removed: number, id: number]>('UPDATE series SET count = count - ? WHERE id = ?')
  const rewind = client.prepare<[time: number, id: number]>('UPDATE series SET last_time = ? WHERE id = ?')
  const blank = client.prepare<[id: number]>(
    'UPDATE series SET unit = NULL, last_value = 0, last_time = 0, last_sample_id = 0, count = 0 WHERE id = ?',
  )
  const eventOf = client.prepare<[series: number]>('SELECT 1 FROM events WHERE series_id = ? LIMIT 1')
  const deletion = client.prepare('DELETE FROM series WHERE id = ?')

  const index = createIndex()
  for (const row of client.prepare<[], Row>(`SELECT ${COLUMNS} FROM series`).iterate()) index.add(headOf(row))

  function make(source: string, metricType: string, { drill, value, time }: NewSample): SeriesHead {
    const names = [source, metricType, drill ? 1 : 0, folded(source), folded(metricType)]
    const { lastInsertRowid } = insert.run(...names, value, time)
    const head = headOf(rowOf.get(Number(lastInsertRowid))!)
    onUndo(() => index.delete(head))
    index.add(head)
    return head
  }

  return {
    byId: index.byId,
    heads: index.all,
    size: index.size,
    active: index.held,
    headFor(sample, before) {
      const guess = before?.follower
      // One that was removed keeps its name, but nobody finds it by its id any more; a hidden one has to be shown.
      if (guess && guess.count > 0 && isSeriesOf(guess, sample) && index.byId(guess.id) === guess) return guess
      const [source, metricType] = [wellFormed(sample.source), wellFormed(sample.metricType)]
      const head = index.find(source, metricType, sample.drill) ?? make(source, metricType, sample)
      if (index.show(head)) onUndo(() => index.hide(head))
      if (before) before.follower = head
      return head
    },
    anyHeldBy: (source) => index.anyHeldBy(wellFormed(source)),
    sourcesHeld: index.sourcesHeld,
    reset(head) {
      const row = rowOf.get(head.id)
      if (row) Object.assign(head, headOf(row))
    },
    advance: ({ newest, ...change }) => void advance.run({ ...change, id: 0, time: 0, value: 0, ...newest }),
    rewind(head, lastTime) {
      const before = head.lastTime
      rewind.run(lastTime, head.id)
      onUndo(() => (head.lastTime = before))
      head.lastTime = lastTime
    },
    discount(head, removed) {
      discount.run(removed, head.id)
      onUndo(() => (head.count += removed))
      head.count -= removed
    },
    blank(head) {
      blank.run(head.id)
      const before = { ...head }
      onUndo(() => Object.assign(head, before))
      Object.assign(head, headOf(rowOf.get(head.id)!))
    },
    close(head) {
      if (eventOf.get(head.id)) {
        if (index.hide(head)) onUndo(() => index.show(head))
      } else {
        deletion.run(head.id)
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
    list({ source = '', metricType = '', seenBefore = Infinity, limit, offset }) {
      const [ofSource, ofMetricType] = [folded(source), folded(metricType)]
      const page: Series[] = []
      let skipped = 0
      for (const head of index.sorted()) {
        if (page.length === limit) break
        const isMeant =
          (ofSource === '' || head.sourceFolded.includes(ofSource)) &&
          (ofMetricType === '' || head.metricTypeFolded.includes(ofMetricType)) &&
          head.count > 0 &&
          head.lastTime < seenBefore
        if (isMeant && skipped++ >= offset) page.push(seriesOut(head))
      }
      return page
    },
    all: () => index.sorted().filter(({ count }) => count > 0),
    ofSource: (source, { metricType, drill } = {}) =>
      index
        .ofSource(wellFormed(source))
        .filter((head) => metricType === undefined || head.metricTypeFolded === folded(metricType))
        .filter((head) => drill === undefined || head.drill === drill),
    find: (source, metricType) => index.find(wellFormed(source), wellFormed(metricType), false),
    exceeded: createSeriesLimits(index),
  }
}

const headOf = (row: Row): SeriesHead => ({
  id: row.id,
  source: row.source,
  metricType: row.metric_type,
  sourceFolded: folded(row.source),
  metricTypeFolded: folded(row.metric_type),
  drill: row.drill === 1,
  unit: row.unit,
  lastValue: row.last_value,
  lastTime: row.last_time,
  lastSampleId: row.last_sample_id,
  count: row.count,
  compactedUpTo: row.cold_up_to,
  firstHeadId: 0,
  lastHeadId: 0,
  notes: undefined,
  follower: undefined,
})

const isSeriesOf = (head: SeriesHead, { source, metricType, drill }: NewSample) =>
  head.metricType === metricType && head.source === source && head.drill === drill

const seriesOut = (head: SeriesHead): Series => ({
  source: head.source,
  metric_type: head.metricType,
  unit: head.unit,
  last_value: head.lastValue,
  last_seen: toIso(head.lastTime),
  count: head.count,
})

const inOrder = (one: SeriesHead, other: SeriesHead) =>
  compare(one.source, other.source) || compare(one.metricType, other.metricType)
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/** Heads by id, by name, and the real ones in order of their names. Hidden ones have names apart from the others. */
function createIndex() {
  const ids = new Map<number, SeriesHead>()
  const shown = createNames()
  const hidden = createNames()
  let sorted: SeriesHead[] | undefined
  let mostOfSource = 0

  function show(head: SeriesHead): boolean {
    const wasHidden = hidden.delete(head)
    mostOfSource = Math.max(mostOfSource, shown.add(head))
    return wasHidden
  }

  return {
    byId: (id: number) => ids.get(id),
    all: () => ids.values(),
    size: () => ids.size,
    held: () => ids.size - hidden.size(),
    heldBy: (source: string, drill: boolean) => shown.of(source, drill)?.size ?? 0,
    anyHeldBy: (source: string) => (shown.of(source, false) ?? shown.of(source, true))?.values().next().value,
    sourcesHeld: () => [...new Set([...shown.sources(false), ...shown.sources(true)])],
    mostOfSource: () => mostOfSource,
    /** Sorted when somebody asks: series come in crowds and are listed now and then. */
    sorted: () => (sorted ??= [...ids.values()].filter(({ drill }) => !drill).toSorted(inOrder)),
    findHeld: (source: string, metricType: string, drill: boolean) => shown.of(source, drill)?.get(metricType),
    find: (source: string, metricType: string, drill: boolean) =>
      shown.of(source, drill)?.get(metricType) ?? hidden.of(source, drill)?.get(metricType),
    ofSource: (source: string) =>
      [shown, hidden].flatMap((names) =>
        [false, true].flatMap((drill) => [...(names.of(source, drill)?.values() ?? [])]),
      ),
    /** Gives whether it was hidden. */
    show,
    /** Gives whether it was shown. */
    hide(head: SeriesHead): boolean {
      hidden.add(head)
      return shown.delete(head)
    },
    add(head: SeriesHead) {
      ids.set(head.id, head)
      show(head)
      if (sorted && !head.drill) sorted.splice(placeIn(sorted, head), 0, head)
    },
    /** Gives whether it was hidden. */
    delete(head: SeriesHead): boolean {
      ids.delete(head.id)
      sorted = undefined
      return !shown.delete(head) && hidden.delete(head)
    },
  }
}

/** Heads by source and metric type, real ones and those of drills. */
function createNames() {
  const real = new Map<string, Map<string, SeriesHead>>()
  const shadows = new Map<string, Map<string, SeriesHead>>()
  const side = (drill: boolean) => (drill ? shadows : real)
  let size = 0
  return {
    size: () => size,
    of: (source: string, drill: boolean) => side(drill).get(source),
    sources: (drill: boolean) => side(drill).keys(),
    /** Gives how many its source has by now. */
    add(head: SeriesHead): number {
      const sources = side(head.drill)
      const ofSource = sources.get(head.source) ?? new Map<string, SeriesHead>()
      if (!ofSource.has(head.metricType)) size++
      sources.set(head.source, ofSource.set(head.metricType, head))
      return ofSource.size
    },
    /** Gives whether it was there. */
    delete(head: SeriesHead): boolean {
      const ofSource = side(head.drill).get(head.source)
      if (!ofSource?.delete(head.metricType)) return false
      size--
      if (ofSource.size === 0) side(head.drill).delete(head.source)
      return true
    },
  }
}

/** The first place whose series does not stand before this one. */
function placeIn(sorted: readonly SeriesHead[], head: SeriesHead): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (inOrder(sorted[middle]!, head) < 0) low = middle + 1
    else high = middle
  }
  return low
}
