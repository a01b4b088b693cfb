// Turns anomalies into events and their changes. It writes inside the transaction of its caller, which also moves the
// mark of what was judged: both are there after a crash, or neither.
import type { Change } from '../../../shared/contract/stream.ts'
import type { ChangeLog, EventPatch, EventStore, StoredEvent } from '../store/store.ts'
import { eventOf, gathered, isLive, isWorse, mayRaise, ungathered, type Anomaly } from './lifecycle.ts'

/** Events of one source that come within this time are one incident. */
const INCIDENT_SPAN = 60_000

/** Who stands in the timeline where no person acted. */
export const TOCSIN = 'tocsin'

export interface Recorder {
  /** Inside a transaction; gives the changes to publish once it is committed. One change per event and call. */
  record(anomalies: readonly Anomaly[]): Change[]
  /** Inside a transaction: raises an event without waiting for the rule's `for` or cooldown, as a drill does. */
  raise(anomaly: Anomaly): { event: StoredEvent; change: Change }
}

interface Deps {
  events: EventStore
  changes: ChangeLog
  now(): string
}

export function createRecorder({ events, changes, now }: Deps): Recorder {
  const insert = (anomaly: Anomaly, occurrences: number): StoredEvent => {
    const { source, drill, time } = anomaly.sample
    const neighbour = events.newestOfSource(source, drill, time - INCIDENT_SPAN, time)
    const event = events.insert(eventOf(anomaly, occurrences, neighbour?.incident_id ?? null))
    events.addToTimeline(event.id, { at: now(), kind: 'raised', who: TOCSIN, comment: null })
    return event
  }

  return {
    record(anomalies) {
      const touched = new Map<string, Touched>()
      for (const anomaly of anomalies) {
        const key = `${anomaly.rule.id} ${anomaly.sample.seriesId}`
        const entry = touched.get(key) ?? unchanged(events.newest(anomaly.rule.id, anomaly.sample.seriesId))
        if (entry.event && isLive(entry.event)) gather(entry, entry.event, anomaly)
        else if (mayRaise(anomaly, entry.event))
          Object.assign(entry, { event: insert(anomaly, ungathered(anomaly, entry.event)), raised: true })
        touched.set(key, entry)
      }
      return [...touched.values()].flatMap((entry) => flush(entry))
    },
    raise(anomaly) {
      const event = insert(anomaly, 1)
      return { event, change: changes.append('anomaly_detected', event) }
    },
  }

  function flush({ event, raised, patch, escalated }: Touched): Change[] {
    if (!event || (!raised && !patch)) return []
    const written = patch ? events.update(event.id, patch) : event
    if (escalated)
      events.addToTimeline(event.id, { at: now(), kind: 'escalated', who: TOCSIN, comment: written.severity })
    return [changes.append(raised ? 'anomaly_detected' : 'event_updated', written)]
  }
}

/** The newest event of one rule and series while a call goes on; what it gathers is written once, at the end. */
interface Touched {
  event: StoredEvent | undefined
  raised: boolean
  patch: EventPatch | undefined
  escalated: boolean
}

const unchanged = (event: StoredEvent | undefined): Touched => ({
  event,
  raised: false,
  patch: undefined,
  escalated: false,
})

function gather(entry: Touched, event: StoredEvent, anomaly: Anomaly): void {
  const patch = gathered(event, anomaly)
  entry.escalated ||= isWorse(patch.severity, event.severity)
  entry.patch = { ...entry.patch, ...patch }
  entry.event = { ...event, ...patch }
}
