// The change history of a rule. Each change can be undone.
import { z } from 'zod'
import { id, idInPath, instant } from './input.ts'
import { rulePatch } from './rule.ts'

export const ruleChange = z.object({
  id,
  rule_id: id,
  at: instant,
  who: z.string(),
  reason: z.string(),
  before: rulePatch.meta({ description: 'The changed fields before the change.' }),
  after: rulePatch.meta({ description: 'The changed fields after the change.' }),
  undone_at: instant.nullable(),
})
export type RuleChange = z.infer<typeof ruleChange>

export const changeParams = z.object({ rule_id: idInPath, change_id: idInPath })
