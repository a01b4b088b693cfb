// Whether a silence is active, scheduled or expired.
import type { Silence } from '../../../shared/schemas/silences.ts'

export const SILENCE_STATES = ['active', 'scheduled', 'expired'] as const
export type SilenceState = (typeof SILENCE_STATES)[number]

/** @param now milliseconds since 1970 */
export function silenceStateOf({ from, to }: Pick<Silence, 'from' | 'to'>, now: number): SilenceState {
  if (Date.parse(to) <= now) return 'expired'
  return Date.parse(from) <= now ? 'active' : 'scheduled'
}
