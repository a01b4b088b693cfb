// The index of all series in memory: by id, by name, and in the order of their names.
import { createNames } from './names.ts'
import type { SeriesHead } from './series-head.ts'

export type SeriesIndex = ReturnType<typeof createSeriesIndex>

/** Heads by id and by name, and the real ones in the order of their names. Hidden ones are separate. */
export function createSeriesIndex() {
  const ids = new Map<number, SeriesHead>()
  const shown = createNames()
  const hidden = createNames()
  let sorted: SeriesHead[] | undefined
  let mostOfSource = 0

  function show(series: SeriesHead): boolean {
    const wasHidden = hidden.delete(series)
    mostOfSource = Math.max(mostOfSource, shown.add(series))
    return wasHidden
  }

  return {
    byId: (id: number) => ids.get(id),
    all: () => ids.values(),
    size: () => ids.size,
    active: () => ids.size - hidden.size(),
    activeOf: (source: string, drill: boolean) => shown.of(source, drill)?.size ?? 0,
    anyActiveOf: (source: string) => (shown.of(source, false) ?? shown.of(source, true))?.values().next().value,
    activeSources: () => [...new Set([...shown.sources(false), ...shown.sources(true)])],
    mostOfSource: () => mostOfSource,
    /** Sorted on demand: series arrive in large numbers and are rarely listed. */
    sorted: () => (sorted ??= [...ids.values()].filter(({ drill }) => !drill).toSorted(inOrder)),
    findActive: (source: string, metricType: string, drill: boolean) => shown.of(source, drill)?.get(metricType),
    find: (source: string, metricType: string, drill: boolean) =>
      shown.of(source, drill)?.get(metricType) ?? hidden.of(source, drill)?.get(metricType),
    ofSource: (source: string) =>
      [shown, hidden].flatMap((names) =>
        [false, true].flatMap((drill) => [...(names.of(source, drill)?.values() ?? [])]),
      ),
    /** Returns true if it was hidden. */
    show,
    /** Returns true if it was shown. */
    hide(series: SeriesHead): boolean {
      hidden.add(series)
      return shown.delete(series)
    },
    add(series: SeriesHead) {
      ids.set(series.id, series)
      show(series)
      if (sorted && !series.drill) sorted.splice(placeIn(sorted, series), 0, series)
    },
    /** Returns true if it was hidden. */
    delete(series: SeriesHead): boolean {
      ids.delete(series.id)
      sorted = undefined
      return !shown.delete(series) && hidden.delete(series)
    },
  }
}

const inOrder = (one: SeriesHead, other: SeriesHead) =>
  compare(one.source, other.source) || compare(one.metricType, other.metricType)
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/** The first index whose series doesn't sort before this one. */
function placeIn(sorted: readonly SeriesHead[], series: SeriesHead): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (inOrder(sorted[middle]!, series) < 0) low = middle + 1
    else high = middle
  }
  return low
}
