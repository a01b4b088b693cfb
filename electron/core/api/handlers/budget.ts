// Rule statistics.
import type { RuleStatistics } from '../../rules/statistics.ts'
import type { Handlers } from './handlers.ts'

export const budgetHandlers = (statistics: RuleStatistics): Pick<Handlers, 'getBudget'> => ({
  getBudget: ({ query: { days, tz } }) => statistics.overDays(days, tz),
})
