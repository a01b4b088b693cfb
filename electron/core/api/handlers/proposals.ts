// What false alarms teach, and taking it to heart.
import type { Proposals } from '../../backtest/proposals.ts'
import { withValue } from '../../backtest/tunables.ts'
import { AppError } from '../../platform/errors.ts'
import type { RuleService } from '../../rules/service.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  proposals: Proposals
  rules: Pick<RuleService, 'change'>
}

export const proposalHandlers = ({ proposals, rules }: Deps): Pick<Handlers, 'getProposal' | 'applyProposal'> => ({
  getProposal: ({ params }) => proposals.forEvent(params.event_id),

  async applyProposal({ params: { event_id } }) {
    const { rule_id, proposed, reason } = await proposals.forEvent(event_id)
    if (!proposed || rule_id === null) throw new AppError('CONFLICT', `Nothing is proposed: ${reason}`)
    const patchOf = (rule: Parameters<typeof withValue>[0]) => withValue(rule, proposed, proposed.after)
    const { change } = await rules.change(rule_id, patchOf, `Event ${event_id} was a false alarm.`)
    if (!change) throw new AppError('CONFLICT', 'The rule is so already.')
    return change
  },
})
