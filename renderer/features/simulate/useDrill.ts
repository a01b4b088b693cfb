// Runs a drill and keeps its result, so that it is still there after a visit to the event's page.
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { refreshEvents } from '../../api/queries/refreshEvents.ts'
import type { SimulationOut } from '../../../shared/schemas/simulation.ts'
import type { Drill } from './presets.ts'

export interface LastDrill {
  result: SimulationOut
  /** The time of the answer. Milliseconds since 1970. */
  at: number
}

const LAST = ['drill']

export function useDrill() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Drill) => client.simulate({ body }),
    onSuccess(result) {
      queries.setQueryData<LastDrill>(LAST, { result, at: Date.now() })
      void refreshEvents(queries)
    },
  })
}

export const useLastDrill = () => useQuery<LastDrill>({ queryKey: LAST, queryFn: skipToken, gcTime: Infinity }).data
