// A silence or maintenance window may name a rule; the rule must exist.
import type { Matcher } from '../../../../shared/schemas/silences.ts'
import { invalidField } from '../../platform/errors.ts'
import type { Store } from '../../store/types/store.ts'

/** Throws AppError INVALID if the rule doesn't exist. */
export function assertRuleExists(rules: Pick<Store['rules'], 'get'>, { rule_id }: Pick<Matcher, 'rule_id'>): void {
  if (typeof rule_id === 'number' && !rules.get(rule_id)) throw invalidField('rule_id', `there is no rule ${rule_id}`)
}
