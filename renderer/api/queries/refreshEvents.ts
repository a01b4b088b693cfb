// Who refetches events after a change: the stream if it is up, otherwise the mutation. Never both.
import type { QueryClient } from '@tanstack/react-query'
import { useLive } from '../live.ts'
import { queryKeys } from './queryKeys.ts'

/**
 * For mutations that change events. The program reports each of those changes on the stream, whose listener refetches
 * what it concerns.
 */
export async function refreshEvents(queries: QueryClient): Promise<void> {
  if (useLive.getState().connection === 'live') return
  const { events, singleEvents, summary } = queryKeys
  await Promise.all([events, singleEvents, summary].map((queryKey) => queries.invalidateQueries({ queryKey })))
}
