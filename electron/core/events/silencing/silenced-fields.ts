// What an event says of its silence, and the line in its timeline.
import { toIso } from '../../../../shared/domain/time.ts'
import type { TimelineEntry } from '../../../../shared/schemas/event.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import type { SilenceMatch } from './active-silence.ts'

export type SilencedFields = Pick<StoredEvent, 'silenced_by' | 'silence_id' | 'silenced_until'>

const NOT_SILENCED: SilencedFields = { silenced_by: null, silence_id: null, silenced_until: null }

export const silencedFields = (match: SilenceMatch | null): SilencedFields =>
  match
    ? {
        silenced_by: match.by,
        silence_id: match.id,
        silenced_until: toIso(match.until),
      }
    : NOT_SILENCED

/** Whether another line belongs into the timeline: a longer silence is still the same one. */
export const isDifferent = (one: SilencedFields, other: SilencedFields) =>
  one.silenced_by !== other.silenced_by || one.silence_id !== other.silence_id

/** A line that somebody else completes with when and who. */
export const timelineLine = (match: SilenceMatch | null): Pick<TimelineEntry, 'kind' | 'comment'> =>
  match ? { kind: 'silenced', comment: match.why } : { kind: 'unsilenced', comment: null }
