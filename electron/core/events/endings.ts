// How events end by themselves: their series recovers, crosses over to the other side, or its level becomes the new normal.
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import { toIso } from '../../../shared/domain/time.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { Anomaly, EvaluatedSample, Recovered, Timing } from './transition.ts'

const texts = textsFor()

/** What ends an event with a sample. */
export const endedAt = ({ time, value }: EvaluatedSample) =>
  ({ status: 'RESOLVED', current_value: value, resolved_at: toIso(time), resolved_by: TOCSIN }) as const

/** The anomaly has become the new normal. */
export const adoptedAt = (sample: EvaluatedSample) => ({ ...endedAt(sample), resolution: 'adopted' }) as const

/** What is normal from now on, for the timeline of the event that ends with it; null if nothing was adopted. */
export const adoptionComment = ({ verdict: { adopted }, sample: { unit } }: Anomaly): string | null =>
  adopted ? texts.adopted({ ...adopted, unit }) : null

/** What ends the live event on one side when one on the other is raised, and why, for its timeline. */
export const crossedOver = ({ sample, run }: Anomaly<Timing, EvaluatedSample>) => ({
  fields: endedAt(sample),
  comment: texts.crossedOver({ side: run.side }),
})

/** Why an event is resolved, for its timeline. */
export const recoveryComment = ({ sample, recovery }: Recovered<Timing, EvaluatedSample>): string =>
  texts.recovered({ lastedMs: sample.time - recovery.since, samples: recovery.count })
