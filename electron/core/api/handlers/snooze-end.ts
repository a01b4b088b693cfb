import { MINUTE } from '../../../../shared/domain/time.ts'
import { invalidField } from '../../platform/errors.ts'

/** When a snooze ends, in milliseconds since 1970; INVALID if it is given by neither field, or lies in the past. */
export function snoozeEnd(
  { minutes, until }: { minutes?: number | undefined; until?: string | undefined },
  now: number,
): number {
  if (minutes === undefined && until === undefined) throw invalidField('minutes', 'is missing, and so is until')
  const end = until === undefined ? now + minutes! * MINUTE : Date.parse(until)
  if (end <= now) throw invalidField('until', 'must lie in the future')
  return end
}
