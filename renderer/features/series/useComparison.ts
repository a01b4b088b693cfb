// The histories and units of several series.
import { useQueries, useQueryClient } from '@tanstack/react-query'
import type { History } from '../charts/readHistory.ts'
import { historyKey, historyQuery, type HistoryWithSpan } from '../charts/useHistory.ts'
import type { ChartedSeries } from './chartedSeries.ts'
import { liveHistory } from './liveHistory.ts'
import type { Minutes } from './seriesFilter.ts'
import { findUnit, unitQuery } from './useUnit.ts'

export interface Compared extends ChartedSeries {
  name: string
  unit: string | null
  /** Undefined until loaded. */
  history: History | undefined
}

export function useComparison(series: readonly ChartedSeries[], minutes: Minutes, pixels: number) {
  const newest = useNewest()
  const histories = useQueries({
    queries: series.map((each) => {
      const query = historyQuery(liveHistory(each, minutes, pixels))
      return { ...query, placeholderData: () => newest(each) }
    }),
  })
  const units = useQueries({ queries: series.map(unitQuery) })
  const compared = series.map((each, index): Compared => ({
    ...each,
    name: `${each.metricType}, ${each.source}`,
    unit: findUnit(units[index]?.data, each),
    history: histories[index]?.data,
  }))
  const until = histories.flatMap(({ data }) => data?.to ?? [])
  return {
    compared,
    error: histories.find(({ error }) => error)?.error ?? null,
    /** The end of the latest history, in milliseconds since 1970; undefined until one is loaded. */
    to: until.length > 0 ? Math.max(...until) : undefined,
  }
}

/** While another span of the same series loads, the current one stays visible. */
function useNewest() {
  const queries = useQueryClient()
  return ({ source, metricType }: ChartedSeries): HistoryWithSpan | undefined =>
    queries
      .getQueryCache()
      .findAll({ queryKey: historyKey(source, metricType) })
      .map(({ state }) => state)
      .toSorted((one, other) => other.dataUpdatedAt - one.dataUpdatedAt)
      .at(0)?.data as HistoryWithSpan | undefined
}
