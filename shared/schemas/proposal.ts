// What a false alarm teaches: the smallest change of its rule that would have kept it quiet, and what that costs.
import { z } from 'zod'
import { id, instant } from './input.ts'

const count = z.int().min(0)

const proposed = z.object({
  field: z.string().meta({ description: 'the field of the rule; `params.…` for what only its method knows' }),
  before: z.number(),
  after: z.number(),
  from: instant.meta({ description: 'the history over which both versions of the rule were judged' }),
  to: instant,
  rings: count.meta({ description: 'of the rule as it is' }),
  rings_gone: count,
  false_alarms: count.meta({ description: 'of these rings, those that somebody marked, this one among them' }),
  false_alarms_gone: count,
  confirmed: count.meta({ description: 'of these rings, those that somebody acknowledged or resolved' }),
  confirmed_lost: count,
})
export type Proposed = z.infer<typeof proposed>

export const proposal = z.object({
  event_id: id,
  rule_id: id.nullable(),
  proposed: proposed.nullable(),
  reason: z.string().nullable().meta({ description: 'why nothing is proposed' }),
})
export type Proposal = z.infer<typeof proposal>
