// The life of an event: when an anomaly becomes one, what adds to it, and when it is over. Pure: looks at what is given,
// writes nothing. The recorder keeps events in the store, `createEventTracker` holds one in memory.
import { isLive, TOCSIN } from '../../../shared/domain/event-status.ts'
import { SEVERITIES, type Severity } from '../../../shared/schemas/event.ts'
import { severityOf } from '../../../shared/domain/severity.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { NewEvent, StoredEvent } from '../store/types/events.ts'
import type { Anomaly, EvaluatedSample, Recovered, Timing, Transition } from './transition.ts'

const texts = textsFor()

/** The part of an event that its life moves. */
export type Life = Pick<
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
  | 'peak_value'
  | 'resolved_at'
  | 'resolved_by'
  | 'flapping'
>

/**
 * Whether the news raise an event.
 *
 * @param newest the newest event of this rule and series, not a live one
 */
export function mayRaise<R extends Timing, S extends EvaluatedSample>(
  news: Transition<R, S>,
  newest: Life | undefined,
): news is Anomaly<R, S> {
  if (news.kind !== 'anomaly') return false
  const { rule, sample, run } = news
  if (run.lasting < rule.for_seconds * 1000) return false
  if (!newest) return true
  // A false alarm stays quiet until the series has found its way back.
  if (newest.status === 'FALSE_POSITIVE' && newest.last_sample_id >= run.troubleFrom) return false
  const since = sample.time - Date.parse(newest.last_seen_at)
  // An event from ahead of the time is one of a clock that was wrong.
  return since < 0 || since >= rule.cooldown_seconds * 1000
}

/**
 * The life that an anomaly begins. Its times are the sample's, so that a replay of the samples gives the same.
 *
 * @param newest the newest event before it
 */
function lifeOf(anomaly: Anomaly<Timing, EvaluatedSample>, newest: Life | undefined): Life {
  const { sample, verdict, run, flapping } = anomaly
  const at = instantOf(sample.time)
  return {
    severity: severityOfAnomaly(anomaly),
    status: 'OPEN',
    value: sample.value,
    lower: verdict.lower,
    upper: verdict.upper,
    began_at: instantOf(run.since),
    detected_at: at,
    last_seen_at: at,
    last_sample_id: sample.id,
    // The anomalies of the present run that no event has gathered.
    occurrences: newest && newest.last_sample_id >= run.firstId ? 1 : run.count,
    peak_value: sample.value,
    resolved_at: null,
    resolved_by: null,
    flapping,
  }
}

/** The event that an anomaly raises, but for where it stands among the others. */
export function eventOf(anomaly: Anomaly, newest: StoredEvent | undefined): Omit<NewEvent, 'incident_id'> {
  const { rule, sample, verdict } = anomaly
  const { source, metricType, unit } = sample
  return {
    ...lifeOf(anomaly, newest),
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
    acknowledged_at: null,
    acknowledged_by: null,
    drill: sample.drill,
    silenced_by: null,
    silence_id: null,
    silenced_until: null,
    series_id: sample.seriesId,
  }
}

function titleOf({ sample: { source, metricType, value, unit, drill }, verdict }: Anomaly): string {
  return texts.eventTitle({ source, metricType, value, unit, drill, silent: verdict.silence !== undefined })
}

/** What the news change in the live event of their rule and series. It gets worse, never better, until it is over. */
export function changesOf(event: Life, news: Transition<Timing, EvaluatedSample>): Partial<Life> {
  if (news.kind === 'anomaly') return accumulated(event, news)
  if (news.kind === 'flaps') return { flapping: true }
  return { status: 'RESOLVED', resolved_at: instantOf(news.sample.time), resolved_by: TOCSIN }
}

/** Why an event is over, in words for its timeline. */
export const recovery = ({ sample, recovery: calm }: Recovered<Timing, EvaluatedSample>): string =>
  texts.recovered({ lastedMs: sample.time - calm.since, samples: calm.count })

/** The newest event of one rule and series, held in memory: `hear` tells whether the news raise one. */
export function createEventTracker() {
  let newest: Life | undefined
  return {
    newest: () => newest,
    hear(news: Transition<Timing, EvaluatedSample>): boolean {
      if (newest && isLive(newest)) Object.assign(newest, changesOf(newest, news))
      else if (mayRaise(news, newest)) {
        newest = lifeOf(news, newest)
        return true
      }
      return false
    },
  }
}

function accumulated(event: Life, anomaly: Anomaly<Timing, EvaluatedSample>): Partial<Life> {
  const { sample, flapping } = anomaly
  return {
    severity: worse(event.severity, severityOfAnomaly(anomaly)),
    occurrences: event.occurrences + 1,
    last_seen_at: instantOf(sample.time),
    last_sample_id: sample.id,
    peak_value: beyond(sample.value, event) > beyond(event.peak_value, event) ? sample.value : event.peak_value,
    flapping: event.flapping || flapping,
  }
}

const severityOfAnomaly = ({ rule, verdict }: Anomaly<Timing, EvaluatedSample>): Severity =>
  rule.severity ?? severityOf(verdict.score)

const worse = (one: Severity, other: Severity) => (SEVERITIES.indexOf(other) > SEVERITIES.indexOf(one) ? other : one)

/** How far a value lies outside the band in which it was expected when the event was raised. */
const beyond = (value: number, { lower, upper }: Pick<Life, 'lower' | 'upper'>) =>
  Math.max(0, upper === null ? 0 : value - upper, lower === null ? 0 : lower - value)

const instantOf = (time: number) => new Date(time).toISOString()
