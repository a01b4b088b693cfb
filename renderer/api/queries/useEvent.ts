import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { EventDetail } from '../../../shared/schemas/event.ts'
import { client } from '../client.ts'
import { useLive } from '../live.ts'
import { queryKeys } from './queryKeys.ts'

/** One event, kept up to date by the stream. A change also refetches its timeline. */
export function useEvent(id: number) {
  const query = useQuery({
    queryKey: queryKeys.event(id),
    async queryFn() {
      const asOf = Date.now()
      return { event: await client.getEvent({ params: { event_id: id } }), asOf }
    },
  })
  const received = useLive((live) => live.changes.get(id))
  const event = useMemo((): EventDetail | undefined => {
    if (!query.data || !received || received.at < query.data.asOf) return query.data?.event
    return { ...query.data.event, ...received.event }
  }, [query.data, received])
  return { ...query, event }
}
