// Subscribes to the stream while the interface is open, and refetches what a change makes stale.
import { useThrottledCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { isOfEvent } from '../../shared/schemas/change.ts'
import { subscribeToStream } from './client.ts'
import { useLive } from './live.ts'
import { queryKeys } from './queries/queryKeys.ts'

/** An outage causes a change with every sample; refetching that often would be useless. */
const SUMMARY_EVERY_MS = 1000
const LISTS_EVERY_MS = 5000

export function useLiveStream(): void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const refreshSummary = useThrottledCallback(
    () => void queries.invalidateQueries({ queryKey: queryKeys.summary }),
    SUMMARY_EVERY_MS,
  )
  const refreshLists = useThrottledCallback(
    () => void queries.invalidateQueries({ queryKey: queryKeys.events }),
    LISTS_EVERY_MS,
  )

  useEffect(() => {
    const { opened, lost, receive } = useLive.getState()
    const refreshAll = () => void queries.invalidateQueries()
    return subscribeToStream({
      onOpen() {
        opened(Date.now())
        refreshAll()
      },
      onDisconnect: () => lost(Date.now()),
      onChange(change) {
        if (!isOfEvent(change)) {
          void queries.invalidateQueries({ queryKey: queryKeys.incidents })
          return
        }
        receive(change, Date.now())
        void queries.invalidateQueries({ queryKey: queryKeys.event(change.event.id) })
        refreshSummary()
        refreshLists()
      },
      onReset: refreshAll,
      onNavigate: (path) => void navigate(path),
    })
  }, [queries, navigate, refreshSummary, refreshLists])
}
