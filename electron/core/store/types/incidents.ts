// Incidents: what the events of one `incident_id` have in common. An incident is derived from its events alone.
import type { Severity } from '../../../../shared/schemas/event.ts'

/** Whether an incident goes on. Times are milliseconds since 1970 in UTC. */
export interface IncidentState {
  isLive: boolean
  /** When its last event ended; 0 if none has ended yet. */
  endedAt: number
  /** Whether a person ended the event that ended last. */
  endedByPerson: boolean
}

/** An event as an incident sees it. */
export interface IncidentMember {
  incidentId: number
  source: string
  drill: boolean
  beganAt: number
  /** By this machine's clock. */
  raisedAt: number
}

export interface IncidentRow {
  id: number
  began_at: number
  /** Null while it goes on. */
  ended_at: number | null
  /**
   * The worst of its live events, or of all of them once it has ended; CRITICAL if they are on three sources or more (INFO
   * left out), or if one has been critical by its score for half an hour.
   */
  severity: Severity
  open: number
  acknowledged: number
  events: number
  series: number
  sources: number
  drill: boolean
}

export interface IncidentFilter {
  /** Words that must all occur in one of its events: in the title, the description or the name of the rule. */
  text?: string | undefined
  /** Left out: both. */
  isLive?: boolean | undefined
  /** Ended ones that began earlier are left out; live ones never are. */
  since: number
  limit: number
  offset: number
}

export interface IncidentStore {
  state(id: number): IncidentState
  /** The events of incidents that go on, or whose events began after a time, in the order in which they were raised. */
  recent(since: number): IncidentMember[]
  /** Sources that began within ten minutes of this one on at least two days, and in at least half of its incidents. */
  companionsOf(source: string, since: number): string[]
  /** Live ones first, the worst first, then the oldest; ended ones by their begin, newest first. */
  list(filter: IncidentFilter): { total: number; rows: IncidentRow[] }
  get(id: number): IncidentRow | undefined
  /** Ids of its events in the order in which they began, at most so many; those that came an hour too late are last. */
  memberIds(id: number, limit: number): number[]
  /** Ids of its events that are OPEN or ACKNOWLEDGED, in the order in which they began. */
  liveMemberIds(id: number): number[]
}
