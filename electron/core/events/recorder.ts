// Applies transitions to events. It writes inside the transaction of its caller, which also moves the watermark of what
// was evaluated: after a crash both are there, or neither.
import type { Change } from '../../../shared/schemas/change.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { StoredEvent } from '../store/types/events.ts'
import { createEventWriter, type EventWriterDeps, type UnwrittenChanges } from './event-writer.ts'
import { adoptionComment, changesOf, crossedOver, isOnOtherSide, mayRaise, recoveryComment } from './lifecycle.ts'
import type { Anomaly, Transition } from './transition.ts'

/** Some 10 MB of memory. */
const MAX_TRACKED = 10_000

export interface Recorder {
  /** Inside a transaction: raises an event if the transition does so; changes of a live one are written by `flush`. */
  apply(transition: Transition): void
  /** Events that wait for the `flush`. */
  pending(): number
  /** Inside the same transaction; gives the changes to publish once it is committed, one for each event. */
  flush(): Change[]
  /** Forgets what was applied, after a write has failed. */
  reset(): void
  /** Inside a transaction: raises an event at once, whatever the rule's `for` and cooldown, as for drills and NO_DATA. */
  raise(anomaly: Anomaly): { event: StoredEvent; change: Change }
}

/** The newest event of a rule and series, and what happened to it since it was last written. */
interface TrackedEvent extends UnwrittenChanges {
  event: StoredEvent | undefined
}

const UNCHANGED = {
  raised: false,
  accumulated: false,
  escalated: false,
  flapped: false,
  adopted: null,
  recovered: null,
}

export function createRecorder(deps: EventWriterDeps): Recorder {
  const { events, changes } = deps
  const writer = createEventWriter(deps)
  // Nearly all anomalies change a live event: it is remembered until somebody else changes events.
  const tracked = new Map<string, TrackedEvent>()
  let edition = events.edition()
  const changed = new Set<TrackedEvent>()
  /** Changes of events that recovered before the flush and have a successor. */
  let earlierChanges: Change[] = []

  function trackedFor({ rule, sample: { seriesId } }: Transition): TrackedEvent {
    const isStale = edition !== events.edition()
    if (isStale || (tracked.size >= MAX_TRACKED && changed.size === 0)) tracked.clear()
    edition = events.edition()
    const key = `${rule.id} ${seriesId}`
    const known = tracked.get(key)
    if (known) return known
    const newest = { ...UNCHANGED, event: events.newest(rule.id, seriesId) }
    tracked.set(key, newest)
    return newest
  }

  /** A recovered event is written before its successor is. */
  function raise(newest: TrackedEvent, anomaly: Anomaly): void {
    const before = newest.event
    if (before && (newest.recovered !== null || newest.adopted !== null)) {
      earlierChanges.push(write(newest, before))
      changed.delete(newest)
    }
    newest.event = writer.insert(anomaly, before)
    newest.raised = true
  }

  function write(newest: TrackedEvent, event: StoredEvent): Change {
    const change = writer.update(event, newest)
    Object.assign(newest, UNCHANGED)
    // The recorder's own writes don't make what it tracks stale.
    edition = events.edition()
    return change
  }

  return {
    apply(transition) {
      const newest = trackedFor(transition)
      const { event } = newest
      if (event && isLive(event) && isOnOtherSide(event, transition)) {
        if (!mayRaise(transition, undefined)) return
        const { fields, comment } = crossedOver(transition)
        Object.assign(event, fields)
        newest.recovered = comment
        raise(newest, transition)
      } else if (event && isLive(event)) applyToLive(newest, event, transition)
      else if (mayRaise(transition, newest.event)) raise(newest, transition)
      else return
      changed.add(newest)
    },
    pending: () => earlierChanges.length + changed.size,
    flush() {
      const all = [...earlierChanges, ...Array.from(changed, (newest) => write(newest, newest.event!))]
      changed.clear()
      earlierChanges = []
      return all
    },
    reset() {
      tracked.clear()
      writer.reset()
      changed.clear()
      earlierChanges = []
    },
    raise(anomaly) {
      const event = writer.insert(anomaly, undefined)
      return { event, change: changes.append('anomaly_detected', event) }
    },
  }
}

function applyToLive(newest: TrackedEvent, event: StoredEvent, transition: Transition): void {
  const fields = changesOf(event, transition)
  newest.accumulated ||= transition.kind === 'anomaly'
  newest.escalated ||= fields.severity !== undefined && fields.severity !== event.severity
  newest.flapped ||= fields.flapping === true && !event.flapping
  if (transition.kind === 'anomaly') newest.adopted ??= adoptionComment(transition)
  if (transition.kind === 'recovers') newest.recovered = recoveryComment(transition)
  Object.assign(event, fields)
}
