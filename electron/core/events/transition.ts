// What an evaluated sample means for the event of its rule and series: the one form in which detection hands it over.
import type { Side } from '../../../shared/domain/side.ts'
import type { Severity } from '../../../shared/schemas/event.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import type { Verdict } from '../detectors/detector.ts'
import type { StoredRule } from '../store/types/rules.ts'
import type { StoredSample } from '../store/types/samples.ts'

/** From one anomaly to the next, if none between them scored below the rule's `recovery_score`. */
export interface AnomalyRun {
  firstId: number
  /** Time of the first of them, in milliseconds since 1970 in UTC. */
  since: number
  /** Milliseconds, without the gaps in which no samples came: a machine that slept is not anomalous all night. */
  lasting: number
  /** On which side of normal it lies. */
  side: Side
  /** Anomalies in it. */
  count: number
  /** The first anomaly since the series was normal for long enough, which may lie runs before this one. */
  troubleFrom: number
  /** The score from which its severity follows, if the rule has no fixed one. */
  severity: number
}

/** How long a series has been normal. */
export interface RecoveryRun {
  /** Time of the first normal sample, in milliseconds since 1970 in UTC; says nothing if there was none. */
  since: number
  /** Samples since then. */
  count: number
}

/**
 * `anomaly`, `flaps` (the series is flapping, and this sample is normal) or `recovers` (once, when the series has been
 * normal for long enough).
 */
export type TransitionKind = 'anomaly' | 'flaps' | 'recovers'

/** The part of a rule that says when it fires, and how severe. */
export type Timing = Pick<Rule, 'for_seconds' | 'cooldown_seconds'> & { severity?: Severity | null | undefined }

export type EvaluatedSample = Pick<StoredSample, 'id' | 'time' | 'value'>

/** A flagged sample. */
export interface Anomaly<R extends Timing = StoredRule, S extends EvaluatedSample = StoredSample> {
  kind: 'anomaly'
  rule: R
  sample: S
  verdict: Verdict
  /** The run that it belongs to. */
  run: AnomalyRun
  /** Whether the series has changed so often of late that its anomalies are one event. */
  flapping: boolean
  /** Whether it is too little to raise an event as long as no other series of its source deviates. */
  alone?: boolean
}

/** A sample with which a series has changed too often of late, this time to normal. */
interface Flap<R, S> {
  kind: 'flaps'
  rule: R
  sample: S
}

/** The sample with which a series has been normal for long enough. */
export interface Recovered<R, S> {
  kind: 'recovers'
  rule: R
  sample: S
  recovery: RecoveryRun
}

export type Transition<R extends Timing = StoredRule, S extends EvaluatedSample = StoredSample> =
  | Anomaly<R, S>
  | Flap<R, S>
  | Recovered<R, S>
