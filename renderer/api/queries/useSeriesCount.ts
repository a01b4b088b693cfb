import { useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'
import { queryKeys } from './queryKeys.ts'

/** How many series one answer holds at most. */
export const MAX_SERIES = 1000

/** How many series there are; MAX_SERIES stands for that many or more. */
export const useSeriesCount = ({ refetchMs, enabled = true }: { refetchMs: number; enabled?: boolean }) =>
  useQuery({
    queryKey: [...queryKeys.series, 'count'],
    queryFn: async () => (await client.listSeries({ query: { limit: MAX_SERIES } })).length,
    refetchInterval: refetchMs,
    enabled,
  })
