// When an anomaly becomes an event, and what it adds to one that lives. Pure: looks at what is given, writes nothing.
import { plain } from '../../../shared/plain.ts'
import { SEVERITIES, type Severity } from '../../../shared/schemas/event.ts'
import { severityOf } from '../../../shared/severity.ts'
import type { Verdict } from '../detectors/detector.ts'
import type { Gathered, NewEvent, StoredEvent, StoredRule, StoredSample } from '../store/store.ts'

/** A run of flagged samples with none between them that was not. */
export interface Streak {
  firstId: number
  /** Time of the first of them, in milliseconds since 1970 in UTC. */
  since: number
  count: number
}

/** A flagged sample. */
export interface Anomaly {
  rule: StoredRule
  sample: StoredSample
  verdict: Verdict
  streak: Streak
}

export const isLive = ({ status }: Pick<StoredEvent, 'status'>) => status === 'OPEN' || status === 'ACKNOWLEDGED'

/**
 * Whether an anomaly raises an event.
 *
 * @param newest the newest event of this rule and series, not a live one
 */
export function mayRaise({ rule, sample, streak }: Anomaly, newest: StoredEvent | undefined): boolean {
  if (sample.time - streak.since < rule.for_seconds * 1000) return false
  if (!newest) return true
  // A false alarm stays quiet for as long as the same run of anomalies goes on.
  if (newest.status === 'FALSE_POSITIVE' && newest.last_sample_id >= streak.firstId) return false
  return sample.time - Date.parse(newest.last_seen_at) >= rule.cooldown_seconds * 1000
}

/**
 * The event that an anomaly raises. Its times are the sample's, so that a replay of the samples gives the same.
 *
 * @param occurrences how many anomalies it stands for already
 */
export function eventOf(anomaly: Anomaly, occurrences: number, incidentId: number | null): NewEvent {
  const { rule, sample, verdict } = anomaly
  const { source, metricType, value, unit } = sample
  const at = new Date(sample.time).toISOString()
  return {
    rule_id: rule.id,
    rule_name: rule.name,
    source,
    metric_type: metricType,
    server_id: sample.serverId,
    unit,
    method: rule.method,
    value,
    score: verdict.score,
    figure: verdict.figure,
    lower: verdict.lower,
    upper: verdict.upper,
    history_count: null,
    severity: severityOfAnomaly(anomaly),
    status: 'OPEN',
    title: `${sample.drill ? 'Drill: ' : ''}${metricType} on ${source} is ${plain(value)}${unit ? ` ${unit}` : ''}`,
    description: sample.drill ? `${verdict.reason} This is a drill.` : verdict.reason,
    began_at: new Date(anomaly.streak.since).toISOString(),
    detected_at: at,
    last_seen_at: at,
    occurrences,
    peak_value: value,
    acknowledged_at: null,
    acknowledged_by: null,
    resolved_at: null,
    resolved_by: null,
    incident_id: incidentId,
    drill: sample.drill,
    flapping: false,
    silenced_by: null,
    silence_id: null,
    silenced_until: null,
    series_id: sample.seriesId,
    last_sample_id: sample.id,
  }
}

/** The anomalies of the present run that no event has gathered. */
export const ungathered = ({ streak }: Anomaly, newest: StoredEvent | undefined) =>
  newest && newest.last_sample_id >= streak.firstId ? 1 : streak.count

/** What one more anomaly changes in the live event of its rule and series. */
export function gathered(event: StoredEvent, { sample }: Anomaly): Gathered {
  return {
    occurrences: event.occurrences + 1,
    last_seen_at: new Date(sample.time).toISOString(),
    last_sample_id: sample.id,
    peak_value: beyond(sample.value, event) > beyond(event.peak_value, event) ? sample.value : event.peak_value,
  }
}

/** The severity of an event after one more anomaly: it gets worse, never better. */
export function severityWith({ severity }: StoredEvent, anomaly: Anomaly): Severity {
  const another = severityOfAnomaly(anomaly)
  return SEVERITIES.indexOf(another) > SEVERITIES.indexOf(severity) ? another : severity
}

const severityOfAnomaly = ({ rule, verdict }: Anomaly): Severity => rule.severity ?? severityOf(verdict.score)

/** How far a value lies outside the band in which it was expected when the event was raised. */
const beyond = (value: number, { lower, upper }: Pick<StoredEvent, 'lower' | 'upper'>) =>
  Math.max(0, upper === null ? 0 : value - upper, lower === null ? 0 : lower - value)
