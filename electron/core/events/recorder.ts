// Turns anomalies into events and their changes. It writes inside the transaction of its caller, which also moves the
// mark of what was judged: both are there after a crash, or neither.
import type { Change } from '../../../shared/contract/stream.ts'
import type { ChangeLog, EventStore, StoredEvent } from '../store/store.ts'
import { createIncidents } from './incidents.ts'
import { eventOf, gathered, isLive, mayRaise, severityWith, ungathered, type Anomaly } from './lifecycle.ts'

/** Who stands in the timeline where no person acted. */
export const TOCSIN = 'tocsin'

/** Some 10 MB of memory. */
const MOST_REMEMBERED = 10_000

export interface Recorder {
  /** Inside a transaction: raises an event where it is due; what a live one gathers is written by `flush`. */
  add(anomaly: Anomaly): void
  /** Events that wait for the `flush`. */
  pending(): number
  /** Inside the same transaction; gives the changes to publish once it is committed, one for each event. */
  flush(): Change[]
  /** Forgets what was added, after a write has failed. */
  forget(): void
  /** Inside a transaction: raises an event without waiting for the rule's `for` or cooldown, as a drill does. */
  raise(anomaly: Anomaly): { event: StoredEvent; change: Change }
}

interface Deps {
  events: EventStore
  changes: ChangeLog
  now(): string
}

/** The newest event of a rule and series, and what became of it since the last flush. */
interface Newest {
  event: StoredEvent | undefined
  raised: boolean
  gathered: boolean
  escalated: boolean
}

export function createRecorder({ events, changes, now }: Deps): Recorder {
  // Nearly all anomalies add to a live event: it is remembered until somebody else has a hand in events.
  const remembered = new Map<string, Newest>()
  const incidents = createIncidents(events)
  let edition = events.edition()
  let touched: Newest[] = []

  function newestFor({ rule, sample: { seriesId } }: Anomaly): Newest {
    const isStale = edition !== events.edition()
    if (isStale || (remembered.size >= MOST_REMEMBERED && touched.length === 0)) remembered.clear()
    edition = events.edition()
    const key = `${rule.id} ${seriesId}`
    const known = remembered.get(key)
    if (known) return known
    const newest = { event: events.newest(rule.id, seriesId), raised: false, gathered: false, escalated: false }
    remembered.set(key, newest)
    return newest
  }

  function insert(anomaly: Anomaly, occurrences: number): StoredEvent {
    const event = events.insert(eventOf(anomaly, occurrences, incidents.toJoin(anomaly.sample)))
    if (!event.drill) incidents.raised(anomaly.sample, event)
    events.addToTimeline(event.id, { at: now(), kind: 'raised', who: TOCSIN, comment: null })
    return event
  }

  function write({ raised, gathered, escalated }: Newest, event: StoredEvent): Change {
    if (gathered) events.gather(event.id, event)
    if (escalated) {
      events.update(event.id, { severity: event.severity })
      events.addToTimeline(event.id, { at: now(), kind: 'escalated', who: TOCSIN, comment: event.severity })
    }
    return changes.append(raised ? 'anomaly_detected' : 'event_updated', event)
  }

  return {
    add(anomaly) {
      const newest = newestFor(anomaly)
      const isTouched = newest.raised || newest.gathered
      if (newest.event && isLive(newest.event)) gather(newest, newest.event, anomaly)
      else if (mayRaise(anomaly, newest.event)) {
        newest.event = insert(anomaly, ungathered(anomaly, newest.event))
        newest.raised = true
      } else return
      if (!isTouched) touched.push(newest)
    },
    pending: () => touched.length,
    flush() {
      const told = touched.map((newest) => {
        const change = write(newest, newest.event!)
        newest.raised = newest.gathered = newest.escalated = false
        return change
      })
      // Where nothing was touched, nobody has looked yet whether what is remembered still holds.
      if (touched.length > 0) edition = events.edition()
      touched = []
      return told
    },
    forget() {
      remembered.clear()
      incidents.forget()
      touched = []
    },
    raise(anomaly) {
      const event = insert(anomaly, 1)
      return { event, change: changes.append('anomaly_detected', event) }
    },
  }
}

function gather(newest: Newest, event: StoredEvent, anomaly: Anomaly): void {
  const severity = severityWith(event, anomaly)
  newest.gathered = true
  newest.escalated ||= severity !== event.severity
  newest.event = Object.assign(event, gathered(event, anomaly), { severity })
}
