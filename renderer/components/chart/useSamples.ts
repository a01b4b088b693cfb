// The samples of a series between two moments, kept up while they change.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../../client/client.ts'
import { readSamples, type Samples } from '../../client/readSamples.ts'

interface Wanted {
  source: string
  metricType: string
  drill: boolean
  /** What to read, at the moment of reading. Milliseconds since 1970. */
  span: () => { from: number; to: number }
  /** Names the span: another one is read anew. */
  spanKey: string | number
  /** How often to read; false: once. */
  everyMs: number | false
}

/** The span that was asked for, with what was in it. */
export interface DatedSamples extends Samples {
  from: number
  to: number
}

/** Stands still while the page is hidden. */
export const useSamples = (wanted: Wanted) => useQuery(samplesQuery(wanted))

export function samplesQuery({ source, metricType, drill, span, spanKey, everyMs }: Wanted) {
  const queryKey = ['samples', source, metricType, drill, spanKey]
  return queryOptions({
    queryKey,
    async queryFn({ client: queries }): Promise<DatedSamples> {
      const { from, to } = span()
      const known = queries.getQueryData<Samples>(queryKey)
      const samples = await readSamples(client.getMetrics, { source, metricType, drill, from, to }, known)
      return { ...samples, from, to }
    },
    refetchInterval: everyMs,
    // Another span of the same series keeps what is shown until it is there; another series doesn't.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === source && query.queryKey[2] === metricType ? previous : undefined,
    structuralSharing: false,
  })
}
