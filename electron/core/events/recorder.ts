// Turns what is said of samples into events and their changes. It writes inside the transaction of its caller, which also
// moves the mark of what was judged: both are there after a crash, or neither.
import type { Change } from '../../../shared/schemas/change.ts'
import type { TimelineEntry } from '../../../shared/schemas/event.ts'
import type { SilenceMatch } from './silencing/active-silence.ts'
import { isDifferent, timelineLine, silencedFields } from './silencing/silenced-fields.ts'
import type { ChangeLog } from '../store/types/changes.ts'
import type { EventStore, NewEvent, StoredEvent } from '../store/types/events.ts'
import { createIncidents } from './incidents.ts'
import { changesOf, eventOf, mayRaise, recovery } from './lifecycle.ts'
import { type Anomaly, type Transition } from './transition.ts'
import { isLive, TOCSIN } from '../../../shared/domain/event-status.ts'

/** Some 10 MB of memory. */
const MAX_REMEMBERED = 10_000

export interface Recorder {
  /** Inside a transaction: raises an event where it is due; what changes in a live one is written by `flush`. */
  add(news: Transition): void
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
  /** What keeps an event quiet, if anything does. */
  activeSilence(event: NewEvent): SilenceMatch | null
}

/** The newest event of a rule and series, and what became of it since it was last written. */
interface Newest {
  event: StoredEvent | undefined
  raised: boolean
  accumulated: boolean
  escalated: boolean
  flapped: boolean
  /** Why it is over, where it came to be. */
  recovered: string | null
}

const UNTOUCHED = { raised: false, accumulated: false, escalated: false, flapped: false, recovered: null }

export function createRecorder({ events, changes, now, activeSilence: quietFor }: Deps): Recorder {
  // Nearly all anomalies add to a live event: it is remembered until somebody else has a hand in events.
  const remembered = new Map<string, Newest>()
  const incidents = createIncidents(events)
  let edition = events.edition()
  const touched = new Set<Newest>()
  /** Changes of events that were over before the flush, and have a successor. */
  let told: Change[] = []

  function newestFor({ rule, sample: { seriesId } }: Transition): Newest {
    const isStale = edition !== events.edition()
    if (isStale || (remembered.size >= MAX_REMEMBERED && touched.size === 0)) remembered.clear()
    edition = events.edition()
    const key = `${rule.id} ${seriesId}`
    const known = remembered.get(key)
    if (known) return known
    const newest = { ...UNTOUCHED, event: events.newest(rule.id, seriesId) }
    remembered.set(key, newest)
    return newest
  }

  function insert(anomaly: Anomaly, before: StoredEvent | undefined): StoredEvent {
    const raised = { ...eventOf(anomaly, before), incident_id: incidents.toJoin(anomaly.sample) }
    const quieting = quietFor(raised)
    const event = events.insert({ ...raised, ...silencedFields(quieting) })
    if (!event.drill) incidents.raised(anomaly.sample, event)
    note(event, 'raised')
    if (quieting) note(event, 'silenced', quieting.why)
    return event
  }

  /** An event that is over is written before its successor is. */
  function raise(newest: Newest, anomaly: Anomaly): void {
    const before = newest.event
    if (before && newest.recovered !== null) {
      told.push(write(newest, before))
      touched.delete(newest)
    }
    newest.event = insert(anomaly, before)
    newest.raised = true
  }

  function write(newest: Newest, event: StoredEvent): Change {
    const { raised, accumulated: gathered, escalated, flapped, recovered } = newest
    const { severity, flapping, status, resolved_at, resolved_by } = event
    if (gathered) events.accumulate(event.id, event)
    if (escalated || flapped || recovered !== null)
      events.update(event.id, { severity, flapping, status, resolved_at, resolved_by })
    if (escalated) {
      note(event, 'escalated', severity)
      rematchSilence(event)
    }
    if (flapped) note(event, 'flapping')
    if (recovered !== null) note(event, 'resolved', recovered)
    Object.assign(newest, UNTOUCHED)
    // What it does itself is no reason to look anew.
    edition = events.edition()
    return changes.append(raised ? 'anomaly_detected' : 'event_updated', event)
  }

  /** A snooze was for an event less bad than this, and a silence may be for another severity. */
  function rematchSilence(event: StoredEvent): void {
    const quieting = quietFor(event)
    const silencing = silencedFields(quieting)
    if (!isDifferent(event, silencing)) return
    const { kind, comment } = timelineLine(quieting)
    note(event, kind, comment)
    Object.assign(event, events.update(event.id, silencing))
  }

  function note({ id }: StoredEvent, kind: TimelineEntry['kind'], comment: string | null = null): void {
    events.addToTimeline(id, { at: now(), kind, who: TOCSIN, comment })
  }

  return {
    add(news) {
      const newest = newestFor(news)
      if (newest.event && isLive(newest.event)) change(newest, newest.event, news)
      else if (mayRaise(news, newest.event)) raise(newest, news)
      else return
      touched.add(newest)
    },
    pending: () => told.length + touched.size,
    flush() {
      const all = [...told, ...Array.from(touched, (newest) => write(newest, newest.event!))]
      touched.clear()
      told = []
      return all
    },
    forget() {
      remembered.clear()
      incidents.forget()
      touched.clear()
      told = []
    },
    raise(anomaly) {
      const event = insert(anomaly, undefined)
      return { event, change: changes.append('anomaly_detected', event) }
    },
  }
}

function change(newest: Newest, event: StoredEvent, news: Transition): void {
  const changed = changesOf(event, news)
  newest.accumulated ||= news.kind === 'anomaly'
  newest.escalated ||= changed.severity !== undefined && changed.severity !== event.severity
  newest.flapped ||= changed.flapping === true && !event.flapping
  if (news.kind === 'recovers') newest.recovered = recovery(news)
  Object.assign(event, changed)
}
