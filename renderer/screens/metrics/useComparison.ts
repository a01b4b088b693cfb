// The samples and units of several series, kept up.
import { useQueries, useQueryClient } from '@tanstack/react-query'
import type { Samples } from '../../client/readSamples.ts'
import { samplesQuery, type DatedSamples } from '../../components/chart/useSamples.ts'
import type { Placed } from './drawn.ts'
import { liveSamples } from './live.ts'
import { WINDOWS, type Minutes } from './seriesFilter.ts'
import { unitIn, unitQuery } from './useUnit.ts'

export interface Compared extends Placed {
  name: string
  unit: string | null
  /** Undefined until they are there. */
  samples: Samples | undefined
}

export function useComparison(series: readonly Placed[], minutes: Minutes) {
  const newest = useNewest()
  const samples = useQueries({
    queries: series.map((each) => {
      const query = samplesQuery(liveSamples(each, minutes))
      return { ...query, placeholderData: () => newest(each) }
    }),
  })
  const units = useQueries({ queries: series.map(unitQuery) })
  const compared = series.map((each, index): Compared => ({
    ...each,
    name: `${each.metricType}, ${each.source}`,
    unit: unitIn(units[index]?.data, each),
    samples: samples[index]?.data,
  }))
  const until = samples.flatMap(({ data }) => data?.to ?? [])
  return {
    compared,
    error: samples.find(({ error }) => error)?.error ?? null,
    /** Until when it was read last, in milliseconds since 1970; undefined until something is there. */
    to: until.length > 0 ? Math.max(...until) : undefined,
  }
}

/** Another span of the same series keeps what is shown until it is there. */
function useNewest() {
  const queries = useQueryClient()
  return (series: Placed): DatedSamples | undefined =>
    WINDOWS.flatMap((minutes) => queries.getQueryState(samplesQuery(liveSamples(series, minutes)).queryKey) ?? [])
      .toSorted((one, other) => other.dataUpdatedAt - one.dataUpdatedAt)
      .at(0)?.data
}
