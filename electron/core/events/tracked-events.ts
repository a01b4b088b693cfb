// The newest event of each rule and series, remembered from transition to transition: nearly all anomalies change a live
// event, which then need not be read.
import type { EventStore, StoredEvent } from '../store/types/events.ts'
import type { UnwrittenChanges } from './event-writer.ts'
import type { Transition } from './transition.ts'

/** Some 10 MB of memory. */
const MAX_TRACKED = 10_000

/** The newest event of a rule and series, and what happened to it since it was last written. */
export interface TrackedEvent extends UnwrittenChanges {
  event: StoredEvent | undefined
}

export const UNCHANGED: UnwrittenChanges = {
  raised: false,
  accumulated: false,
  escalated: false,
  flapped: false,
  adopted: null,
  recovered: null,
}

export interface TrackedEvents {
  /** @param mayForget whether all that is tracked is written, so that it can be read again */
  of(transition: Transition, mayForget: boolean): TrackedEvent
  /** After own writes, which change nothing that is tracked. */
  written(): void
  clear(): void
}

export function createTrackedEvents(events: Pick<EventStore, 'newest' | 'edition'>): TrackedEvents {
  const tracked = new Map<string, TrackedEvent>()
  let edition = events.edition()
  return {
    of({ rule, sample: { seriesId, drill } }, mayForget) {
      // Each drill is an event of its own, whatever came of the last one.
      if (drill) return { ...UNCHANGED, event: undefined }
      const isStale = edition !== events.edition()
      if (isStale || (tracked.size >= MAX_TRACKED && mayForget)) tracked.clear()
      edition = events.edition()
      const key = `${rule.id} ${seriesId}`
      const known = tracked.get(key)
      if (known) return known
      const newest = { ...UNCHANGED, event: events.newest(rule.id, seriesId) }
      tracked.set(key, newest)
      return newest
    },
    written: () => void (edition = events.edition()),
    clear: () => tracked.clear(),
  }
}
