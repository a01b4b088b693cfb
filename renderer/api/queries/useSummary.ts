import { useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'
import { queryKeys } from './queryKeys.ts'

/** The longest that the summary looks back. */
const HOURS = 720

/** @param pollMs how often to ask, where the stream doesn't say when */
export const useSummary = (pollMs?: number) =>
  useQuery({
    queryKey: queryKeys.summary,
    queryFn: () => client.getSummary({ query: { hours: HOURS } }),
    refetchInterval: pollMs ?? false,
  })
