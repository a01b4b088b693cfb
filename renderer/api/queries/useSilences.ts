// Queries and mutations of silences, maintenance windows and snoozes.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.ts'
import type { Matcher, SilenceIn } from '../../../shared/schemas/silences.ts'
import type { MaintenanceWindowIn } from '../../../shared/schemas/maintenance-windows.ts'
import { queryKeys } from './queryKeys.ts'
import { refreshEvents } from './refreshEvents.ts'
import { toIso } from '../../../shared/domain/time.ts'

/** Scripts create silences too, and the stream doesn't report them. */
const REFETCH_MS = 15_000

export const useSilences = () =>
  useQuery({
    queryKey: [...queryKeys.silencing, 'silences'],
    queryFn: () => client.listSilences(),
    refetchInterval: REFETCH_MS,
  })

export const useWindows = () =>
  useQuery({
    queryKey: [...queryKeys.silencing, 'windows'],
    queryFn: () => client.listMaintenanceWindows(),
    refetchInterval: REFETCH_MS,
  })

/** How many events and series a matcher matches now. */
export const useMatched = (matcher: Matcher | undefined) =>
  useQuery({
    queryKey: [...queryKeys.silencing, 'matched', matcher],
    queryFn: () => client.previewSilence({ body: matcher! }),
    enabled: matcher !== undefined,
  })

/** Refetches the silences, and the events that they concern. */
function useSilencingMutation<T, R>(mutationFn: (variables: T) => Promise<R>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([queries.invalidateQueries({ queryKey: queryKeys.silencing }), refreshEvents(queries)]),
  })
}

/** Creates a silence, or updates the one with this id. */
export const useSaveSilence = (id: number | undefined) =>
  useSilencingMutation((body: SilenceIn) =>
    id === undefined ? client.createSilence({ body }) : client.updateSilence({ params: { silence_id: id }, body }),
  )

export const useEndSilence = () =>
  useSilencingMutation((id: number) => client.endSilence({ params: { silence_id: id } }))

/** Creates a window, or updates the one with this id. */
export const useSaveWindow = (id: number | undefined) =>
  useSilencingMutation((body: MaintenanceWindowIn) =>
    id === undefined
      ? client.createMaintenanceWindow({ body })
      : client.updateMaintenanceWindow({ params: { window_id: id }, body }),
  )

export const useToggleWindow = () =>
  useSilencingMutation(({ id, is_active }: { id: number; is_active: boolean }) =>
    client.updateMaintenanceWindow({ params: { window_id: id }, body: { is_active } }),
  )

export const useDeleteWindow = () =>
  useSilencingMutation((id: number) => client.deleteMaintenanceWindow({ params: { window_id: id } }))

/** @param until milliseconds since 1970 */
export const useSnooze = () =>
  useSilencingMutation(({ id, until }: { id: number; until: number }) =>
    client.snoozeEvent({ params: { event_id: id }, query: { until: toIso(until) } }),
  )

export const useUnsnooze = () =>
  useSilencingMutation((id: number) => client.unsnoozeEvent({ params: { event_id: id } }))
