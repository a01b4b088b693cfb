// Rules: made, changed, switched, deleted, and put back.
import { z } from 'zod'
import { detectors } from '../../detectors/registry.ts'
import type { RuleService } from '../../rules/service.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  store: Pick<Store, 'rules'>
  rules: RuleService
}

type RuleHandlers = Pick<
  Handlers,
  | 'listRules'
  | 'createRule'
  | 'updateRule'
  | 'toggleRule'
  | 'deleteRule'
  | 'listRuleChanges'
  | 'undoRuleChange'
  | 'listMethods'
>

export const ruleHandlers = ({ store, rules }: Deps): RuleHandlers => ({
  listRules: () => store.rules.all(),
  createRule: ({ body }) => rules.make(body),
  async updateRule({ params, body }) {
    const { rule } = await rules.change(params.rule_id, () => body, 'Changed by hand.')
    return rule
  },
  async toggleRule({ params }) {
    const { rule } = await rules.change(
      params.rule_id,
      ({ is_active }) => ({ is_active: !is_active }),
      'Switched by hand.',
    )
    return { rule_id: rule.id, is_active: rule.is_active }
  },
  deleteRule: ({ params }) => rules.remove(params.rule_id),
  listRuleChanges: ({ params }) => rules.changes(params.rule_id),
  undoRuleChange: ({ params }) => rules.undo(params.rule_id, params.change_id),
  listMethods: () =>
    detectors.map(({ method, summary, uses, params }) => ({
      method,
      summary,
      uses: [...uses],
      params: z.toJSONSchema(params, { io: 'input' }),
    })),
})
