// Queries and mutations of rules.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.ts'
import type { Rule, RuleIn } from '../../../shared/schemas/rule.ts'
import { queryKeys } from './queryKeys.ts'

export const useRules = () => useQuery({ queryKey: queryKeys.rules, queryFn: () => client.listRules() })

/** Methods are part of the program and don't change while it runs. */
export const useMethods = () =>
  useQuery({ queryKey: ['methods'], queryFn: () => client.listMethods(), staleTime: Infinity })

const MAX_EVENTS = 200
const MAX_HOURS = 720

/** The open events of each rule, by its id: among the newest events that one answer holds. */
export const useOpenByRule = () =>
  useQuery({
    queryKey: [...queryKeys.events, 'open by rule'],
    async queryFn() {
      const open = await client.listEvents({ query: { status: 'OPEN', hours: MAX_HOURS, limit: MAX_EVENTS } })
      return Map.groupBy(open, ({ rule_id }) => rule_id)
    },
  })

/** Creates a rule, or updates the one with this id. */
export function useSaveRule(id: number | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: RuleIn) =>
      id === undefined ? client.createRule({ body }) : client.updateRule({ params: { rule_id: id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.rules }),
  })
}

export function useToggleRule() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Rule) => client.toggleRule({ params: { rule_id: id } }),
    onSuccess: ({ rule_id, is_active }) =>
      queries.setQueryData<Rule[]>(queryKeys.rules, (rules) =>
        rules?.map((rule) => (rule.id === rule_id ? { ...rule, is_active } : rule)),
      ),
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.rules }),
  })
}

export function useDeleteRule() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Rule) => client.deleteRule({ params: { rule_id: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.rules }),
  })
}
