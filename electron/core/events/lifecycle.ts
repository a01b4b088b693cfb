// The lifecycle of an event: when an anomaly raises one, what changes it, and when it recovers. Pure functions. The
// recorder keeps events in the store; `event-tracker.ts` holds one in memory.
import { toIso } from '../../../shared/domain/time.ts'
import { SEVERITIES, type Severity } from '../../../shared/schemas/event.ts'
import { severityOf } from '../../../shared/domain/severity.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { NewEvent, StoredEvent } from '../store/types/events.ts'
import { adoptedAt, endedAt } from './endings.ts'
import type { Anomaly, EvaluatedSample, Timing, Transition } from './transition.ts'

const texts = textsFor()

/** The fields of an event that its lifecycle changes. */
export type EventState = Pick<
  StoredEvent,
  | 'severity'
  | 'status'
  | 'value'
  | 'lower'
  | 'upper'
  | 'began_at'
  | 'detected_at'
  | 'last_seen_at'
  | 'last_sample_id'
  | 'occurrences'
  | 'side'
  | 'current_value'
  | 'peak_value'
  | 'peak_at'
  | 'resolved_at'
  | 'resolved_by'
  | 'resolution'
  | 'critical_since'
  | 'flapping'
>

/**
 * Whether the transition raises an event.
 *
 * @param newest the newest event of this rule and series, not a live one
 */
export function mayRaise<R extends Timing, S extends EvaluatedSample>(
  transition: Transition<R, S>,
  newest: EventState | undefined,
): transition is Anomaly<R, S> {
  if (transition.kind !== 'anomaly') return false
  const { rule, sample, run } = transition
  // What is normal from now on is no news.
  if (transition.verdict.adopted || transition.alone || run.lasting < rule.for_seconds * 1000) return false
  if (!newest) return true
  // After a false alarm, nothing fires until the series has recovered.
  if (newest.status === 'FALSE_POSITIVE' && newest.last_sample_id >= run.troubleFrom) return false
  const since = sample.time - Date.parse(newest.last_seen_at)
  // An event from the future comes from a clock that was wrong.
  return since < 0 || since >= rule.cooldown_seconds * 1000
}

/**
 * The first state of an event. Its times are the sample's, so that a replay of the samples gives the same.
 *
 * @param newest the newest event before it
 */
export function initialState(anomaly: Anomaly<Timing, EvaluatedSample>, newest: EventState | undefined): EventState {
  const { sample, verdict, run, flapping } = anomaly
  const at = toIso(sample.time)
  return {
    severity: severityOfAnomaly(anomaly),
    status: 'OPEN',
    value: sample.value,
    lower: verdict.lower,
    upper: verdict.upper,
    began_at: toIso(run.since),
    detected_at: at,
    last_seen_at: at,
    last_sample_id: sample.id,
    // The anomalies of the present run that belong to no event yet.
    occurrences: newest && newest.last_sample_id >= run.firstId ? 1 : run.count,
    side: run.side,
    current_value: sample.value,
    peak_value: sample.value,
    peak_at: at,
    resolved_at: null,
    resolved_by: null,
    resolution: null,
    critical_since: isCritical(anomaly) ? at : null,
    flapping,
  }
}

/** The event that an anomaly raises, without its incident. */
export function eventOf(
  anomaly: Anomaly,
  newest: StoredEvent | undefined,
): Omit<NewEvent, 'incident_id' | 'raised_at'> {
  const { rule, sample, verdict } = anomaly
  const { source, metricType, unit } = sample
  return {
    ...initialState(anomaly, newest),
    rule_id: rule.id,
    rule_name: rule.name,
    source,
    metric_type: metricType,
    server_id: sample.serverId,
    unit,
    method: rule.method,
    score: verdict.score,
    figure: verdict.figure,
    history_count: verdict.samples,
    title: titleOf(anomaly),
    description: texts.eventDescription({ reason: verdict.reason, drill: sample.drill }),
    notified_at: null,
    acknowledged_at: null,
    acknowledged_by: null,
    confirmed_at: null,
    confirmed_by: null,
    drill: sample.drill,
    silenced_by: null,
    silence_id: null,
    silenced_until: null,
    series_id: sample.seriesId,
  }
}

function titleOf({ rule: { method }, sample: { source, metricType, drill }, run: { side } }: Anomaly): string {
  return texts.eventTitle({ source, metricType, drill, side, byThreshold: method === 'THRESHOLD' })
}

/** What the transition changes in the live event. Its severity only rises until it is resolved. */
export function changesOf(event: EventState, transition: Transition<Timing, EvaluatedSample>): Partial<EventState> {
  if (transition.kind === 'anomaly')
    return { ...accumulated(event, transition), ...(transition.verdict.adopted && adoptedAt(transition.sample)) }
  if (transition.kind === 'flaps') return { flapping: true }
  return endedAt(transition.sample)
}

/** Whether an anomaly lies on the other side of a live event: one event has one side, but for those that flap. */
export const isOnOtherSide = <R extends Timing, S extends EvaluatedSample>(
  event: EventState,
  transition: Transition<R, S>,
): transition is Anomaly<R, S> =>
  transition.kind === 'anomaly' && transition.run.side !== event.side && !event.flapping && !transition.flapping

function accumulated(event: EventState, anomaly: Anomaly<Timing, EvaluatedSample>): Partial<EventState> {
  const { sample, flapping } = anomaly
  const isPeak = beyond(sample.value, event) > beyond(event.peak_value, event)
  return {
    severity: worse(event.severity, severityOfAnomaly(anomaly)),
    occurrences: event.occurrences + 1,
    last_seen_at: toIso(sample.time),
    last_sample_id: sample.id,
    current_value: sample.value,
    ...(isPeak && { peak_value: sample.value, peak_at: toIso(sample.time) }),
    critical_since: isCritical(anomaly) ? (event.critical_since ?? toIso(sample.time)) : null,
    flapping: event.flapping || flapping,
  }
}

/** By its score, whatever severity its rule sets. */
const isCritical = ({ verdict: { score, young } }: Anomaly<Timing, EvaluatedSample>) =>
  !young && severityOf(score) === 'CRITICAL'

const severityOfAnomaly = ({ rule, run }: Anomaly<Timing, EvaluatedSample>): Severity =>
  rule.severity ?? severityOf(run.severity)

const worse = (one: Severity, other: Severity) => (SEVERITIES.indexOf(other) > SEVERITIES.indexOf(one) ? other : one)

/** How far a value lies outside the band in which it was expected when the event was raised. */
const beyond = (value: number, { lower, upper }: Pick<EventState, 'lower' | 'upper'>) =>
  Math.max(0, upper === null ? 0 : value - upper, lower === null ? 0 : lower - value)
