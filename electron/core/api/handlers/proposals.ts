// Suggested changes of a rule after a false alarm.
import type { Proposals } from '../../backtest/proposals.ts'
import type { Handlers } from './handlers.ts'

type ProposalHandlers = Pick<Handlers, 'getProposal' | 'applyProposal'>

export const proposalHandlers = (proposals: Proposals): ProposalHandlers => ({
  getProposal: ({ params }) => proposals.forEvent(params.event_id),
  applyProposal: ({ params }) => proposals.apply(params.event_id),
})
