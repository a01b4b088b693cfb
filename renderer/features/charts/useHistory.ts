// What a chart shows of a series between two moments, kept up while it changes.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { readHistory, type History } from './readHistory.ts'
import { readSamples } from './readSamples.ts'

interface Wanted {
  source: string
  metricType: string
  /** Drills are kept as samples only, all others are drawn as means where there are too many of them. */
  chart: Chart | 'drill'
  /** What to read, at the moment of reading. Milliseconds since 1970. */
  span: () => { from: number; to: number }
  /** Names the span: another one is read anew. */
  spanKey: string | number
  /** How often to read; false: once. */
  everyMs: number | false
}

interface Chart {
  /** How wide; 0 until that is known, and then nothing is read. */
  pixels: number
  /** So many samples are still drawn one by one. */
  most: number
}

/** The span that was asked for, with what was in it. */
export interface DatedHistory extends History {
  from: number
  to: number
}

/** Stands still while the page is hidden. */
export const useHistory = (wanted: Wanted) => useQuery(historyQuery(wanted))

export function historyQuery({ source, metricType, chart, span, spanKey, everyMs }: Wanted) {
  const queryKey = [...historyKey(source, metricType), spanKey, chart]
  return queryOptions({
    queryKey,
    async queryFn({ client: queries }): Promise<DatedHistory> {
      const wanted = { source, metricType, ...span() }
      const known = queries.getQueryData<History>(queryKey)
      const history =
        chart === 'drill'
          ? await readSamples(client.getMetrics, { ...wanted, drill: true }, known)
          : await readHistory(client, { ...wanted, ...chart }, known)
      return { ...history, from: wanted.from, to: wanted.to }
    },
    enabled: chart === 'drill' || chart.pixels > 0,
    refetchInterval: everyMs,
    // Another span of the same series keeps what is shown until it is there; another series doesn't.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === source && query.queryKey[2] === metricType ? previous : undefined,
    structuralSharing: false,
  })
}

/** What the keys of all spans of a series begin with. */
export const historyKey = (source: string, metricType: string) => ['history', source, metricType]
