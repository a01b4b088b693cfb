// Writes events, their timelines and their changes, always inside the transaction of its caller.
import type { Change } from '../../../shared/schemas/change.ts'
import type { TimelineEntry } from '../../../shared/schemas/event.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import type { SilenceMatch } from './silencing/active-silence.ts'
import { isDifferent, timelineLine, silencedFields } from './silencing/silenced-fields.ts'
import type { ChangeLog } from '../store/types/changes.ts'
import type { EventStore, NewEvent, StoredEvent } from '../store/types/events.ts'
import type { IncidentStore } from '../store/types/incidents.ts'
import { createIncidents } from './incidents.ts'
import { eventOf } from './lifecycle.ts'
import type { Anomaly } from './transition.ts'

/** What happened to an event since it was last written. */
export interface UnwrittenChanges {
  raised: boolean
  accumulated: boolean
  escalated: boolean
  flapped: boolean
  /** The comment on its adoption, if what it was about is the new normal. */
  adopted: string | null
  /** The comment on its recovery, if it recovered. */
  recovered: string | null
}

export interface EventWriter {
  /** @param before the newest event of the same rule and series */
  insert(anomaly: Anomaly, before: StoredEvent | undefined): StoredEvent
  update(event: StoredEvent, unwritten: UnwrittenChanges): Change
  /** Forgets the incidents it remembers, after a write has failed. */
  reset(): void
}

export interface EventWriterDeps {
  events: EventStore
  incidents: Pick<IncidentStore, 'state' | 'recent' | 'companionsOf'>
  changes: ChangeLog
  now(): string
  /** The silence or window that covers an event. */
  activeSilence(event: NewEvent): SilenceMatch | null
}

export function createEventWriter(deps: EventWriterDeps): EventWriter {
  const { events, changes, now, activeSilence } = deps
  const incidents = createIncidents(deps.incidents)

  function addToTimeline({ id }: StoredEvent, kind: TimelineEntry['kind'], comment: string | null = null): void {
    events.addToTimeline(id, { at: now(), kind, who: TOCSIN, comment })
  }

  /** After an escalation: a snooze was for a less severe event, and a silence may match another severity only. */
  function rematchSilence(event: StoredEvent): void {
    const silence = activeSilence(event)
    const fields = silencedFields(silence)
    if (!isDifferent(event, fields)) return
    const { kind, comment } = timelineLine(silence)
    addToTimeline(event, kind, comment)
    Object.assign(event, events.update(event.id, fields))
  }

  /** A person can undo it for as long as the detector can. */
  function recordAdoption(event: StoredEvent, comment: string): void {
    addToTimeline(event, 'adopted', comment)
    const { status, resolved_at, resolved_by, resolution } = event
    events.setUndo(event.id, {
      at: Date.parse(now()),
      kind: 'adopted',
      who: TOCSIN,
      before: { status: 'OPEN', resolved_at: null, resolved_by: null, resolution: null },
      after: { status, resolved_at, resolved_by, resolution },
    })
  }

  return {
    insert(anomaly, before) {
      const { source, drill } = anomaly.sample
      const raised_at = now()
      const onset = { source, drill, beganAt: anomaly.run.since, raisedAt: Date.parse(raised_at) }
      const newEvent = { ...eventOf(anomaly, before), incident_id: incidents.toJoin(onset), raised_at }
      const silence = activeSilence(newEvent)
      const event = events.insert({ ...newEvent, ...silencedFields(silence) })
      incidents.raised(onset, event.incident_id)
      addToTimeline(event, 'raised')
      if (silence) addToTimeline(event, 'silenced', silence.why)
      return event
    },
    update(event, { raised, accumulated, escalated, flapped, adopted, recovered }) {
      const { severity, flapping, status, current_value, resolved_at, resolved_by, resolution } = event
      if (accumulated) events.accumulate(event.id, event)
      if (escalated || flapped || adopted !== null || recovered !== null)
        events.update(event.id, { severity, flapping, status, current_value, resolved_at, resolved_by, resolution })
      if (escalated) {
        addToTimeline(event, 'escalated', severity)
        rematchSilence(event)
      }
      if (flapped) addToTimeline(event, 'flapping')
      if (adopted !== null) recordAdoption(event, adopted)
      if (recovered !== null) addToTimeline(event, 'resolved', recovered)
      return changes.append(raised ? 'anomaly_detected' : 'event_updated', event)
    },
    reset: incidents.forget,
  }
}
