// Proposals: the smallest change of a rule that would have avoided a false alarm, and the firings it would lose.
import { z } from 'zod'
import { renamed } from './former-names.ts'
import { id, instant } from './input.ts'

const count = z.int().min(0)

const proposed = z.object({
  field: z.string().meta({ description: 'Field of the rule to change. `params.…` for a parameter of the method.' }),
  before: z.number(),
  after: z.number(),
  from: instant.meta({ description: 'Start of the history over which both versions of the rule were evaluated.' }),
  to: instant,
  firings: renamed('rings', count.meta({ description: 'Firings of the current rule.' })),
  firings_gone: renamed('rings_gone', count.meta({ description: 'Firings that the change would remove.' })),
  false_alarms: count.meta({ description: 'Firings that were marked as false alarms, including this one.' }),
  false_alarms_gone: count.meta({ description: 'False alarms that the change would remove.' }),
  confirmed: count.meta({ description: 'Firings that a person confirmed as real problems.' }),
  confirmed_lost: count.meta({ description: 'Confirmed firings that the change would remove.' }),
})
export type Proposed = z.infer<typeof proposed>

export const proposal = z.object({
  event_id: id,
  rule_id: id.nullable(),
  proposed: proposed.nullable(),
  reason: z.string().nullable().meta({ description: 'Why there is no proposal.' }),
})
export type Proposal = z.infer<typeof proposal>
