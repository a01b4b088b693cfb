// Events and their timelines.
import type { RuleBudget } from '../../../../shared/schemas/budget.ts'
import type { Event, Severity, Status, TimelineEntry } from '../../../../shared/schemas/event.ts'

export interface StoredEvent extends Event {
  series_id: number
  /** The newest sample that it accumulated. */
  last_sample_id: number
  /** Since when each anomaly has been critical by its score; null while the newest is not. */
  critical_since: string | null
  /** By this machine's clock; null for events of earlier versions. */
  raised_at: string | null
}

/** An event to be: `incident_id` null makes the event an incident of its own. */
export type NewEvent = Omit<StoredEvent, 'id' | 'incident_id'> & { incident_id: number | null }

/** Fields of an event that change in its life. */
export type EventPatch = Partial<
  Pick<
    StoredEvent,
    | 'severity'
    | 'status'
    | 'last_seen_at'
    | 'last_sample_id'
    | 'occurrences'
    | 'peak_value'
    | 'peak_at'
    | 'current_value'
    | 'notified_at'
    | 'acknowledged_at'
    | 'acknowledged_by'
    | 'confirmed_at'
    | 'confirmed_by'
    | 'resolved_at'
    | 'resolved_by'
    | 'resolution'
    | 'critical_since'
    | 'flapping'
    | 'silenced_by'
    | 'silence_id'
    | 'silenced_until'
  >
>

/** A change of an event that can be undone. */
export interface EventUndo {
  /** Milliseconds since 1970. */
  at: number
  kind: TimelineEntry['kind']
  who: string
  /** The changed fields before the change, and after it. */
  before: EventPatch
  after: EventPatch
}

export interface EventFilter {
  status?: Status | undefined
  severity?: Severity | undefined
  source?: string | undefined
  metricType?: string | undefined
  /** Whether it is silenced, or was when it ended. */
  silenced?: boolean | undefined
  incidentId?: number | undefined
  ruleId?: number | undefined
  /** Words that must all occur in the title, the description or the name of the rule. */
  text?: string | undefined
  /** Leaves out what was detected before and has ended; in milliseconds since 1970. */
  since: number
  limit: number
  offset: number
}

/** What one more anomaly changes in a live event. */
type Accumulated = Required<
  Pick<
    EventPatch,
    'occurrences' | 'last_seen_at' | 'last_sample_id' | 'peak_value' | 'peak_at' | 'current_value' | 'critical_since'
  >
>

/** How many real events of a rule there were, and what became of them. */
export type RuleStats = Omit<
  RuleBudget,
  'rule_id' | 'firings_per_week' | 'night_firings_per_week' | 'precision' | 'mostly_false' | 'false_alarm_id'
>

/** Times in milliseconds since 1970. */
export interface FeedbackRow {
  series_id: number
  began_at: number
  last_seen_at: number
  feedback: 'confirmed' | 'false'
}

export interface EventStore {
  insert(event: NewEvent): StoredEvent
  update(id: number, patch: EventPatch): StoredEvent
  /** Rises with every `update` and undone `insert`, so that who remembers events knows when to read them anew. */
  edition(): number
  /** Writes what a live event accumulated and nothing else, at a fraction of the cost of an update. */
  accumulate(id: number, accumulated: Accumulated): void
  get(id: number): StoredEvent | undefined
  /** The event of a rule on a real series that was raised last, whatever its status and the time of its samples. */
  newest(ruleId: number, seriesId: number): StoredEvent | undefined
  /** By detected_at, newest first, then by id. */
  list(filter: EventFilter): StoredEvent[]
  /** How many there are on all pages. */
  count(filter: Omit<EventFilter, 'limit' | 'offset'>): number
  /** Those of the same series that were detected before an event, newest first. */
  earlier(event: Pick<StoredEvent, 'id' | 'series_id' | 'detected_at'>, limit: number): StoredEvent[]
  /**
   * Those detected in `from <= detected_at <= to` that are nearest to `time`: so many before it and so many after it,
   * the newest first; `seriesIds` leaves only theirs.
   */
  near(time: number, span: { from: number; to: number; seriesIds?: readonly number[] }, limit: number): StoredEvent[]
  /** How many real events are OPEN and CRITICAL and not silenced. */
  openCriticals(): number
  /** How many real events are OPEN or ACKNOWLEDGED. */
  live(): number
  /** Ids of the events that are OPEN or ACKNOWLEDGED, drills too, in their order. */
  liveIds(): number[]
  /** Those of them whose silence, window or snooze has run out at `time`. */
  silencedUpTo(time: number): number[]
  /** Real events of a rule that are OPEN or ACKNOWLEDGED; those of rules that were deleted for null. */
  liveOfRule(ruleId: number | null): StoredEvent[]
  /** The events of a series that are OPEN or ACKNOWLEDGED, drills too. */
  liveOfSeries(seriesId: number): StoredEvent[]
  /**
   * The real events of a rule detected in `from <= detected_at <= to` that have feedback of a person: false
   * alarms, and those that were confirmed as real. In the order of their beginning.
   */
  feedbackOfRule(ruleId: number, from: number, to: number): FeedbackRow[]
  /** The real series on which a rule raised events in `from <= detected_at <= to`, those with most events first. */
  seriesOfRule(ruleId: number, from: number, to: number, limit: number): number[]
  /** Drills that are OPEN or ACKNOWLEDGED and were detected before `time`. */
  drillsBefore(time: number): StoredEvent[]
  /**
   * Inside a transaction: one small step of removing events that were over before `time` (milliseconds since 1970), and
   * the oldest of those that are over if there are more than `most`; false when there is nothing left to do.
   */
  removeOld(time: number, most: number): boolean
  /** The last change of an event that can be undone. */
  undoOf(eventId: number): EventUndo | undefined
  /** Replaces the one before; undefined removes it. */
  setUndo(eventId: number, undo: EventUndo | undefined): void
  addToTimeline(eventId: number, entry: Omit<TimelineEntry, 'id'>): void
  timeline(eventId: number): TimelineEntry[]
}
