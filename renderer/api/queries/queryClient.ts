// How queries behave: when to retry, and which error means that there is no session.
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
      // Tocsin runs on this machine, whether or not the machine is online.
      queries: { networkMode: 'always', staleTime: 2000, retry: shouldRetry },
      mutations: { networkMode: 'always' },
    },
  })

/** An error answer is final; a request without an answer may succeed later. */
function shouldRetry(failures: number, error: Error): boolean {
  const status = statusOf(error)
  return failures < MAX_RETRIES && (status === undefined || status === 503)
}
