// The log of changes that the stream is read from.
import type { AnyChange, Change, IncidentChange } from '../../../../shared/schemas/change.ts'
import type { Incident } from '../../../../shared/schemas/incident.ts'
import type { StoredEvent } from './events.ts'

/** The rising sequence of changes, each with the event or the incident as it was then; only the newest are kept. */
export interface ChangeLog {
  append(kind: Change['kind'], event: StoredEvent): Change
  appendIncident(incident: Incident): IncidentChange
  /** Changes with a larger id, in order. */
  after(id: number, limit: number): AnyChange[]
  /** Ids of the oldest change kept and of the newest ever made; 0 if there was none. */
  bounds(): { oldest: number; newest: number }
}
