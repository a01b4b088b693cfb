// Common ends of a silence or snooze. Times are milliseconds since 1970.
import { HOUR } from '../../../shared/domain/time.ts'

export const PRESETS = ['hour', 'fourHours', 'tomorrow'] as const
export type Preset = (typeof PRESETS)[number]

/** When work begins. */
const MORNING_HOUR = 9

/** The end of a preset that starts now, in the reader's time zone. */
export function presetEnd(preset: Preset, now: number): number {
  if (preset === 'hour') return now + HOUR
  if (preset === 'fourHours') return now + 4 * HOUR
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING_HOUR).getTime()
}
