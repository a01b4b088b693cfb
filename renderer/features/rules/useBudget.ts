// What each rule took of the engineer's attention in the last four weeks.
import { useQuery } from '@tanstack/react-query'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import { client } from '../../api/client.ts'
import { localTimeZone } from '../../ui/localTimeZone.ts'

export const useBudget = () =>
  useQuery({
    queryKey: ['budget'],
    queryFn: () => client.getBudget({ query: { tz: localTimeZone() } }),
  })

/** Of the rules that are mostly false, the one that rings most; they come in this order. */
export const noisiestRule = (rules: readonly RuleBudget[]): RuleBudget | undefined =>
  rules.find(({ mostly_false }) => mostly_false)
