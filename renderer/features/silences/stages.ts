// Which silences are in force, which are to come and which are over.
import type { Silence } from '../../../shared/schemas/quiet.ts'

export const STAGES = ['current', 'coming', 'past'] as const
export type Stage = (typeof STAGES)[number]

/** @param now milliseconds since 1970 */
export function stageOf({ from, to }: Pick<Silence, 'from' | 'to'>, now: number): Stage {
  if (Date.parse(to) <= now) return 'past'
  return Date.parse(from) <= now ? 'current' : 'coming'
}
