// What an event says of its silence, and the line in its timeline.
import type { TimelineEntry } from '../../../shared/schemas/event.ts'
import type { StoredEvent } from '../store/store.ts'
import type { Quieting } from './quiet.ts'

export type Silencing = Pick<StoredEvent, 'silenced_by' | 'silence_id' | 'silenced_until'>

const LOUD: Silencing = { silenced_by: null, silence_id: null, silenced_until: null }

export const silencingOf = (quieting: Quieting | null): Silencing =>
  quieting
    ? {
        silenced_by: quieting.by,
        silence_id: quieting.id,
        silenced_until: new Date(quieting.until).toISOString(),
      }
    : LOUD

/** Whether another line belongs into the timeline: a longer silence is still the same one. */
export const isOther = (one: Silencing, other: Silencing) =>
  one.silenced_by !== other.silenced_by || one.silence_id !== other.silence_id

/** A line that somebody else completes with when and who. */
export const lineOf = (quieting: Quieting | null): Pick<TimelineEntry, 'kind' | 'comment'> =>
  quieting ? { kind: 'silenced', comment: quieting.why } : { kind: 'unsilenced', comment: null }
