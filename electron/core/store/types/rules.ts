// Rules and their changes.
import type { RuleChange } from '../../../../shared/schemas/rule-change.ts'
import type { Rule, RuleIn, RulePatch } from '../../../../shared/schemas/rule.ts'

export interface RuleStore {
  all(): StoredRule[]
  get(id: number): StoredRule | undefined
  /** Names are compared exactly. */
  byName(name: string): StoredRule | undefined
  insert(rule: RuleIn, at: number): StoredRule
  /** @param patch only what is different */
  update(id: number, patch: RulePatch, at: number): StoredRule
  remove(id: number): void
}

/** Gone with their rule. */
export interface RuleChangeStore {
  /** Newest first. */
  ofRule(ruleId: number): RuleChange[]
  get(id: number): RuleChange | undefined
  insert(change: Omit<RuleChange, 'id' | 'undone_at'>): RuleChange
  markUndone(id: number, at: string): void
}

/** `revision` rises when the detection settings change, so that a detector state of an older revision is known as such. */
export interface StoredRule extends Rule {
  revision: number
}
