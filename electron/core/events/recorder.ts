// Applies transitions to events. It writes inside the transaction of its caller, which also moves the watermark of what
// was evaluated: after a crash both are there, or neither.
import type { Change } from '../../../shared/schemas/change.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { StoredEvent } from '../store/types/events.ts'
import { createEventWriter, type EventWriterDeps } from './event-writer.ts'
import { adoptionComment, crossedOver, recoveryComment } from './endings.ts'
import { changesOf, isOnOtherSide, mayRaise } from './lifecycle.ts'
import { createTrackedEvents, UNCHANGED, type TrackedEvent } from './tracked-events.ts'
import type { Anomaly, Transition } from './transition.ts'

export interface Recorder {
  /** Inside a transaction: raises an event if the transition does so; changes of a live one are written by `flush`. */
  apply(transition: Transition): void
  /** Events that wait for the `flush`. */
  pending(): number
  /** Inside the same transaction; gives the changes to publish once it is committed, one for each event. */
  flush(): Change[]
  /** Inside a transaction: applies and flushes, for who has no further transitions. */
  record(transitions: readonly Transition[]): Change[]
  /** Forgets what was applied, after a write has failed. */
  reset(): void
}

export function createRecorder(deps: EventWriterDeps): Recorder {
  const writer = createEventWriter(deps)
  const tracked = createTrackedEvents(deps.events)
  const changed = new Set<TrackedEvent>()
  /** Changes of events that recovered before the flush and have a successor. */
  let earlierChanges: Change[] = []

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
    tracked.written()
    return change
  }

  function apply(transition: Transition): void {
    const newest = tracked.of(transition, changed.size === 0)
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
  }

  function flush(): Change[] {
    const all = [...earlierChanges, ...Array.from(changed, (newest) => write(newest, newest.event!))]
    changed.clear()
    earlierChanges = []
    return all
  }

  function reset(): void {
    tracked.clear()
    writer.reset()
    changed.clear()
    earlierChanges = []
  }

  return {
    apply,
    pending: () => earlierChanges.length + changed.size,
    flush,
    record(transitions) {
      try {
        transitions.forEach(apply)
        return flush()
      } catch (error) {
        reset()
        throw error
      }
    },
    reset,
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
