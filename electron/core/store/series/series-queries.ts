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
      for (const series of index.sorted()) {
        if (page.length === limit) break
        const matches =
          (ofSource === '' || series.sourceFolded.includes(ofSource)) &&
          (ofMetricType === '' || series.metricTypeFolded.includes(ofMetricType)) &&
          series.count > 0 &&
          series.lastTime < seenBefore
        if (matches && skipped++ >= offset) page.push(seriesOut(series))
      }
      return page
    },
    all: () => index.sorted().filter(({ count }) => count > 0),
    ofSource: (source, { metricType, drill } = {}) =>
      index
        .ofSource(wellFormed(source))
        .filter((series) => metricType === undefined || series.metricTypeFolded === folded(metricType))
        .filter((series) => drill === undefined || series.drill === drill),
    lastValue: (id) => index.byId(id)?.lastValue,
    find: (source, metricType) => index.find(wellFormed(source), wellFormed(metricType), false),
  }
}

const seriesOut = (series: SeriesHead): Series => ({
  source: series.source,
  metric_type: series.metricType,
  unit: series.unit,
  last_value: series.lastValue,
  last_seen: toIso(series.lastTime),
  count: series.count,
})
