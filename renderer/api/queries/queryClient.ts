// How things are fetched: when to try again, and what tells that there is no session.
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { statusOf } from '../client.ts'
import { useLive } from '../live.ts'

const MAX_RETRIES = 3

export const createQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({
      onSuccess: () => useLive.getState().setSession('given'),
      onError(error) {
        if (statusOf(error) === 401) useLive.getState().setSession('missing')
      },
    }),
    defaultOptions: {
      // Tocsin runs on this machine: it is there whether or not the machine is online.
      queries: { networkMode: 'always', staleTime: 2000, retry: shouldRetry },
      mutations: { networkMode: 'always' },
    },
  })

/** What was refused stays refused; what got no answer may get one. */
function shouldRetry(failures: number, error: Error): boolean {
  const status = statusOf(error)
  return failures < MAX_RETRIES && (status === undefined || status === 503)
}
