// The health of Tocsin, polled while somebody looks.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.ts'
import { queryKeys } from './queryKeys.ts'

const REFETCH_MS = 5000

export const useHealth = () =>
  useQuery({ queryKey: queryKeys.health, queryFn: () => client.getHealth(), refetchInterval: REFETCH_MS })

export function useDismissNotice() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => client.dismissNotice({ params: { notice_id: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.health }),
  })
}
