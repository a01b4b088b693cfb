import { useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'
import { queryKeys } from './queryKeys.ts'

/** The longest period of the summary. */
const HOURS = 720

/** @param pollMs the interval while there is no stream */
export const useSummary = (pollMs?: number) =>
  useQuery({
    queryKey: queryKeys.summary,
    queryFn: () => client.getSummary({ query: { hours: HOURS } }),
    refetchInterval: pollMs ?? false,
  })

/** How many real events are open and critical; undefined until it is known. */
export function useOpenCriticals(): number | undefined {
  const summary = useSummary().data
  return summary && summary.open_critical - summary.drills.open_critical
}
