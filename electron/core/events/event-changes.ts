// Changes of one event by a person, or in the name of one: each is a line in the timeline, may be undone, and may be said to
// the detector, all in one transaction.
import type { TimelineEntry, Undoable } from '../../../shared/schemas/event.ts'
import { DAY, toIso } from '../../../shared/domain/time.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { required } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { EventPatch, EventUndo, StoredEvent } from '../store/types/events.ts'
import type { SeriesFeedback } from '../store/types/feedback.ts'
import type { Store } from '../store/types/store.ts'

/** A mistake is noticed within a day; what was adopted as normal, perhaps a week later. */
const UNDO_WITHIN = DAY
const UNDO_ADOPTION_WITHIN = 14 * DAY

export interface EventStep {
  kind: TimelineEntry['kind']
  who: string
  comment: string | undefined
  /** What it changes; throws AppError if it can't be done to this event. */
  patchOf(event: StoredEvent, at: string): EventPatch
  /** The feedback for the detector. */
  feedback?: (event: StoredEvent) => SeriesFeedback['kind'] | undefined
  /** Whether it can be undone. Left out: nothing is changed about what can be. */
  undo?: 'possible' | 'clear'
}

interface Deps {
  store: Pick<Store, 'events' | 'changes' | 'feedback' | 'commit'>
  feed: Pick<ChangeFeed, 'publish'>
  clock: Clock
}

export function createEventChanges({ store, feed, clock }: Deps) {
  const { events } = store

  const existing = (id: number): StoredEvent => required(events.get(id), 'event', id)

  const isNewest = ({ id, rule_id, series_id }: StoredEvent): boolean =>
    rule_id !== null && events.newest(rule_id, series_id)?.id === id

  /** Feedback is only for the present anomaly, or the newest one. */
  function tellDetector(event: StoredEvent, kind: SeriesFeedback['kind'] | undefined): void {
    const { rule_id: ruleId, series_id: seriesId, drill } = event
    if (kind === undefined || ruleId === null || drill) return
    if (kind === 'undo_adoption' || isNewest(event)) store.feedback.add({ ruleId, seriesId, kind })
  }

  function undoOf(event: StoredEvent): EventUndo | undefined {
    const undo = events.undoOf(event.id)
    if (!undo || clock.now() - undo.at >= windowOf(undo)) return undefined
    const fields = Object.keys(undo.after) as (keyof EventPatch)[]
    return fields.every((field) => event[field] === undo.after[field]) ? undo : undefined
  }

  return {
    existing,
    isNewest,
    undoOf,
    undoable(event: StoredEvent): Undoable | null {
      const undo = undoOf(event)
      return undo ? { kind: undo.kind, who: undo.who, until: toIso(undo.at + windowOf(undo)) } : null
    },
    /** Throws AppError NOT_FOUND, and what the step throws. */
    async take(id: number, { kind, who, comment, patchOf, feedback, undo }: EventStep): Promise<void> {
      const change = await store.commit(() => {
        const event = existing(id)
        const at = clock.now()
        const after = patchOf(event, toIso(at))
        events.addToTimeline(id, { at: toIso(at), kind, who, comment: comment ?? null })
        tellDetector(event, feedback?.(event))
        if (undo === 'clear') events.setUndo(id, undefined)
        else if (undo && Object.keys(after).length > 0)
          events.setUndo(id, { at, kind, who, before: partOf(event, after), after })
        return store.changes.append('event_updated', events.update(id, after))
      })
      feed.publish([change])
    },
  }
}

const windowOf = ({ kind }: EventUndo) => (kind === 'adopted' ? UNDO_ADOPTION_WITHIN : UNDO_WITHIN)

const partOf = (event: StoredEvent, patch: EventPatch): EventPatch =>
  Object.fromEntries(Object.keys(patch).map((field) => [field, event[field as keyof EventPatch]]))
