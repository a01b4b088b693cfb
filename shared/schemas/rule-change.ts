// What was changed in a rule, so that it can be undone.
import { z } from 'zod'
import { id, idInPath, instant } from './input.ts'
import { rulePatch } from './rule.ts'

export const ruleChange = z.object({
  id,
  rule_id: id,
  at: instant,
  who: z.string(),
  reason: z.string(),
  before: rulePatch.meta({ description: 'the changed fields as they were' }),
  after: rulePatch.meta({ description: 'and as they became' }),
  undone_at: instant.nullable(),
})
export type RuleChange = z.infer<typeof ruleChange>

export const changeParams = z.object({ rule_id: idInPath, change_id: idInPath })
