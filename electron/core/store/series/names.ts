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
    add(head: SeriesHead): number {
      const sources = side(head.drill)
      const ofSource = sources.get(head.source) ?? new Map<string, SeriesHead>()
      if (!ofSource.has(head.metricType)) size++
      sources.set(head.source, ofSource.set(head.metricType, head))
      return ofSource.size
    },
    /** Returns false if it was not there. */
    delete(head: SeriesHead): boolean {
      const ofSource = side(head.drill).get(head.source)
      if (!ofSource?.delete(head.metricType)) return false
      size--
      if (ofSource.size === 0) side(head.drill).delete(head.source)
      return true
    },
  }
}
