// Queries on series: lists, searches and exact names.
import { toIso } from '../../../../shared/domain/time.ts'
import type { Series } from '../../../../shared/schemas/series.ts'
import type { SeriesCatalog } from '../types/series.ts'
import type { SeriesIndex } from './series-index.ts'
import { folded, wellFormed, type SeriesHead } from './series-head.ts'

export function createSeriesQueries(
  index: SeriesIndex,
): Pick<SeriesCatalog, 'list' | 'all' | 'ofSource' | 'find' | 'lastValue'> {
  return {
    list({ source = '', metricType = '', seenBefore = Infinity, limit, offset }) {
      const [ofSource, ofMetricType] = [folded(source), folded(metricType)]
      const page: Series[] = []
      let skipped = 0
      for (const head of index.sorted()) {
        if (page.length === limit) break
        const matches =
          (ofSource === '' || head.sourceFolded.includes(ofSource)) &&
          (ofMetricType === '' || head.metricTypeFolded.includes(ofMetricType)) &&
          head.count > 0 &&
          head.lastTime < seenBefore
        if (matches && skipped++ >= offset) page.push(seriesOut(head))
      }
      return page
    },
    all: () => index.sorted().filter(({ count }) => count > 0),
    ofSource: (source, { metricType, drill } = {}) =>
      index
        .ofSource(wellFormed(source))
        .filter((head) => metricType === undefined || head.metricTypeFolded === folded(metricType))
        .filter((head) => drill === undefined || head.drill === drill),
    lastValue: (id) => index.byId(id)?.lastValue,
    find: (source, metricType) => index.find(wellFormed(source), wellFormed(metricType), false),
  }
}

const seriesOut = (head: SeriesHead): Series => ({
  source: head.source,
  metric_type: head.metricType,
  unit: head.unit,
  last_value: head.lastValue,
  last_seen: toIso(head.lastTime),
  count: head.count,
})
