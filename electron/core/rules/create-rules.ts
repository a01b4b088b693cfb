// Wires the room: the service that changes rules, and their statistics.
import type { Store } from '../store/types/store.ts'
import { createRuleService, type RuleService } from './service.ts'
import { createRuleStatistics, type RuleStatistics } from './statistics.ts'

export interface RulesRoom {
  rules: RuleService
  statistics: RuleStatistics
}

type Deps = Omit<Parameters<typeof createRuleService>[0], 'store'> & { store: Store }

export const createRules = (deps: Deps): RulesRoom => ({
  rules: createRuleService(deps),
  statistics: createRuleStatistics(deps),
})
