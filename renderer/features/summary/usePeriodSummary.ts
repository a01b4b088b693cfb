// The data of the summary. The stream refetches events; samples aren't on it, so there is also an interval.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { MAX_SERIES } from '../../api/queries/useSeriesCount.ts'
import { localTimeZone } from '../../ui/localTimeZone.ts'

export const REFETCH_MS = 15_000
const SILENT_AFTER_SECONDS = 300

/** @param hours 1 to 720 */
export function usePeriodSummary(hours: number) {
  const tz = localTimeZone()
  return useQuery({
    queryKey: [...queryKeys.summary, hours, tz],
    queryFn: () => client.getSummary({ query: { hours, tz } }),
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  })
}

/** The series that stopped reporting, the latest first; `more` if they exceed one answer. */
export const useSilentSeries = () =>
  useQuery({
    queryKey: [...queryKeys.series, 'silent'],
    queryFn: async () => {
      const found = await client.listSeries({ query: { silent_seconds: SILENT_AFTER_SECONDS, limit: MAX_SERIES } })
      const series = found.toSorted((one, other) => other.last_seen.localeCompare(one.last_seen))
      return { series, more: found.length === MAX_SERIES }
    },
    refetchInterval: REFETCH_MS,
  })
