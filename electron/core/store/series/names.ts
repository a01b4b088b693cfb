// Series by source and metric type.
import type { SeriesHead } from './series-head.ts'

/** Heads by source and metric type, real ones and those of drills. */
export function createNames() {
  const real = new Map<string, Map<string, SeriesHead>>()
  const shadows = new Map<string, Map<string, SeriesHead>>()
  const side = (drill: boolean) => (drill ? shadows : real)
  let size = 0
  return {
    size: () => size,
    of: (source: string, drill: boolean) => side(drill).get(source),
    sources: (drill: boolean) => side(drill).keys(),
    /** Returns the number of series of its source. */
    add(series: SeriesHead): number {
      const sources = side(series.drill)
      const ofSource = sources.get(series.source) ?? new Map<string, SeriesHead>()
      if (!ofSource.has(series.metricType)) size++
      sources.set(series.source, ofSource.set(series.metricType, series))
      return ofSource.size
    },
    /** Returns false if it was not there. */
    delete(series: SeriesHead): boolean {
      const ofSource = side(series.drill).get(series.source)
      if (!ofSource?.delete(series.metricType)) return false
      size--
      if (ofSource.size === 0) side(series.drill).delete(series.source)
      return true
    },
  }
}
