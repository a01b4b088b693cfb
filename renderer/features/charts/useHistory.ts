// The history of a series on a chart, refetched while it changes.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { readHistory, type History } from './readHistory.ts'
import { readSamples } from './readSamples.ts'

interface HistoryOptions {
  source: string
  metricType: string
  /** A drill has samples only; other series are drawn as means if they have too many samples. */
  chart: ChartSize | 'drill'
  /** Evaluated at each fetch. Milliseconds since 1970. */
  span: () => { from: number; to: number }
  /** Identifies the span; another one is fetched again. */
  spanKey: string | number
  /** The refetch interval; false: once. */
  refetchMs: number | false
}

interface ChartSize {
  /** The width; nothing is fetched while it is 0, which means unknown. */
  pixels: number
  /** Up to this number, samples are drawn individually. */
  maxSamples: number
}

/** A history with the span that was requested. */
export interface HistoryWithSpan extends History {
  from: number
  to: number
}

/** Pauses while the page is hidden. */
export const useHistory = (request: HistoryOptions) => useQuery(historyQuery(request))

export function historyQuery({ source, metricType, chart, span, spanKey, refetchMs }: HistoryOptions) {
  const queryKey = [...historyKey(source, metricType), spanKey, chart]
  return queryOptions({
    queryKey,
    async queryFn({ client: queries }): Promise<HistoryWithSpan> {
      const request = { source, metricType, ...span() }
      const previous = queries.getQueryData<History>(queryKey)
      const history =
        chart === 'drill'
          ? await readSamples(client.getMetrics, { ...request, drill: true }, previous)
          : await readHistory(client, { ...request, ...chart }, previous)
      return { ...history, from: request.from, to: request.to }
    },
    enabled: chart === 'drill' || chart.pixels > 0,
    refetchInterval: refetchMs,
    // While another span of the same series loads, the current one stays visible.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === source && query.queryKey[2] === metricType ? previous : undefined,
    structuralSharing: false,
  })
}

/** The common prefix of the keys of all spans of a series. */
export const historyKey = (source: string, metricType: string) => ['history', source, metricType]
