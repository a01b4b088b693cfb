// How often each rule fired in the last four weeks, and how often it was right.
import { useQuery } from '@tanstack/react-query'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import { client } from '../../api/client.ts'
import { localTimeZone } from '../../ui/localTimeZone.ts'

export const useBudget = () =>
  useQuery({
    queryKey: ['budget'],
    queryFn: () => client.getBudget({ query: { tz: localTimeZone() } }),
  })

/** Of the rules that are mostly wrong, the one that fires most; the program sorts them so. */
export const noisiestRule = (rules: readonly RuleBudget[]): RuleBudget | undefined =>
  rules.find(({ mostly_false }) => mostly_false)
