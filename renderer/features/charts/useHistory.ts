// What a chart shows of a series between two moments, kept up while it changes.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { readHistory, type History } from './readHistory.ts'
import { readSamples } from './readSamples.ts'

interface HistoryOptions {
  source: string
  metricType: string
  /** Drills are kept as samples only, all others are drawn as means where there are too many of them. */
  chart: ChartSize | 'drill'
  /** What to read, at the moment of reading. Milliseconds since 1970. */
  span: () => { from: number; to: number }
  /** Names the span: another one is read anew. */
  spanKey: string | number
  /** How often to read; false: once. */
  refetchMs: number | false
}

interface ChartSize {
  /** How wide; 0 until that is known, and then nothing is read. */
  pixels: number
  /** So many samples are still drawn one by one. */
  maxSamples: number
}

/** The span that was asked for, with what was in it. */
export interface HistoryWithSpan extends History {
  from: number
  to: number
}

/** Stands still while the page is hidden. */
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
    // Another span of the same series keeps what is shown until it is there; another series doesn't.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === source && query.queryKey[2] === metricType ? previous : undefined,
    structuralSharing: false,
  })
}

/** What the keys of all spans of a series begin with. */
export const historyKey = (source: string, metricType: string) => ['history', source, metricType]
