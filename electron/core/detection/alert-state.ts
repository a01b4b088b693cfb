// The state of a series under a rule, from sample to sample: in a run of anomalies or normal, since when, and how often
// that changed. A function of the samples and nothing else, so that a replay comes to the same.
import type { AnomalyRun, RecoveryRun, TransitionKind } from '../events/transition.ts'
import type { Side } from '../../../shared/domain/side.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import { advance, type RhythmFields } from '../detectors/rhythm.ts'
import { NO_EVIDENCE, severityScore, withSample, type Evidence, type EvidenceKind } from './evidence.ts'

/** When a series counts as normal again, but for the number of samples that it takes. */
export type RecoveryPolicy = Pick<Rule, 'resolve_seconds' | 'recovery_score'>

/** What a rule asks of its runs, by its method and settings. */
export interface RunPolicy {
  /** Normal samples that a recovery takes, 1 or more. */
  resolveSamples: number
  /** How the severity of a run follows from the scores of its samples. */
  evidence: EvidenceKind
}

/** Plain JSON. */
export interface SavedAlertState {
  rhythm: RhythmFields
  run: AnomalyRun | null
  evidence: Evidence
  lasting: number
  troubleFrom: number
  recovery: RecoveryRun
  recent: number
  /** Left out in states of an older version. */
  crossed?: number
  settled: boolean
}

/** So many changes within 20 samples are flapping; Nagios counts them among its last 21 checks in the same way. */
const MANY_CHANGES = 4
const RECENT_EVALUATIONS = 0xf_ffff
const RECENT_CHANGES = RECENT_EVALUATIONS >> 1

/** What swings back a little beyond normal, as averages do after a peak, is no trouble on the other side: a WARNING is. */
const CROSSING_SCORE = 0.65

/**
 * All in one object, as there is one for every rule and series. Its fractions and times are numbers from where they are
 * declared: V8 changes such a field in place, and takes new memory for each number in one that began as undefined.
 */
export class AlertState implements RhythmFields {
  interval = 0
  time = 0
  votes = 0
  candidate = 0
  known = 0
  /** The run that the newest sample belongs to; null if it was normal. */
  run: AnomalyRun | null
  private lasting = 0
  private troubleFrom: number
  private recoveringSince = 0
  private recoveryCount: number
  /** The newest 20 samples as bits, 1 being one within a run; the newest is the lowest. */
  private recent: number
  /** The same, 1 being one with which a run crossed over to the other side. */
  private crossed: number
  /** Whether the recovery was reported, and no anomaly came since. */
  private settled: boolean
  /** Of the run at hand. */
  private evidence: Evidence
  private readonly policy: RecoveryPolicy
  private readonly runPolicy: RunPolicy

  constructor(policy: RecoveryPolicy, runPolicy: RunPolicy, saved?: SavedAlertState) {
    this.policy = policy
    this.runPolicy = runPolicy
    Object.assign(this, saved?.rhythm)
    this.evidence = saved?.evidence ?? NO_EVIDENCE
    this.run = saved?.run ?? null
    this.lasting = saved?.lasting ?? 0
    this.troubleFrom = saved?.troubleFrom ?? 0
    this.recoveringSince = saved?.recovery.since ?? 0
    this.recoveryCount = saved?.recovery.count ?? 0
    this.recent = saved?.recent ?? 0
    this.crossed = saved?.crossed ?? 0
    this.settled = saved?.settled ?? false
  }

  get recovery(): RecoveryRun {
    return { since: this.recoveringSince, count: this.recoveryCount }
  }

  /** Samples must come in the order of their ids; null if nothing changes, as is most often so. */
  update(sample: { id: number; time: number }, score: number, side: Side, isYoung = false): TransitionKind | null {
    const isAnomaly = score >= ALARM_LINE
    const wasInRun = this.run !== null
    const isInRun = isAnomaly || (wasInRun && score >= this.policy.recovery_score)
    const step = this.watched(sample.time)
    this.lasting = wasInRun ? Math.min(this.lasting + step, sample.time - this.run!.since) : 0
    this.recent = ((this.recent << 1) | Number(isInRun)) & RECENT_EVALUATIONS
    const crosses = score >= CROSSING_SCORE && this.run !== null && this.run.side !== side
    this.crossed = ((this.crossed << 1) | Number(crosses)) & RECENT_EVALUATIONS
    if (isAnomaly) {
      // Of what crosses over again and again, the side that it began with stays.
      if (crosses && !this.isFlapping()) this.crossOver(sample.id)
      if (this.settled || this.troubleFrom === 0) this.troubleFrom = sample.id
      this.evidence = withSample(this.run ? this.evidence : NO_EVIDENCE, score, step, isYoung)
      this.run = this.prolonged(sample, score, side)
      this.recoveryCount = 0
      this.settled = false
      return 'anomaly'
    }
    if (isInRun) return null
    this.run = null
    if (this.recoveryCount++ === 0) this.recoveringSince = sample.time
    if (this.settled) return null
    if (this.hasRecovered(sample.time)) {
      this.settled = true
      return 'recovers'
    }
    return wasInRun && this.isFlapping() ? 'flaps' : null
  }

  isFlapping(): boolean {
    const changes = bitsIn((this.recent ^ (this.recent >> 1)) & RECENT_CHANGES) + bitsIn(this.crossed)
    return changes >= MANY_CHANGES
  }

  /** The next normal sample says the recovery although it may lie in the past: nobody has noticed it there. */
  expectRecovery(): void {
    this.settled = false
  }

  snapshot(): SavedAlertState {
    const { interval, time, votes, candidate, known } = this
    const { run, evidence, lasting, troubleFrom, recovery, recent, crossed, settled } = this
    const rhythm = { interval, time, votes, candidate, known }
    return { rhythm, run, evidence, lasting, troubleFrom, recovery, recent, crossed, settled }
  }

  /** What is wrong now is another trouble, which a false alarm on the other side says nothing of. */
  private crossOver(id: number): void {
    this.run = null
    this.lasting = 0
    this.troubleFrom = id
  }

  /** A new object: whoever holds the run keeps it as it was. */
  private prolonged({ id, time }: { id: number; time: number }, score: number, side: Side): AnomalyRun {
    const { lasting, troubleFrom } = this
    const { firstId, since, count, side: runSide } = this.run ?? { firstId: id, since: time, count: 0, side }
    const severity = severityScore(this.runPolicy.evidence, this.evidence, score)
    return { firstId, since, lasting, count: count + 1, troubleFrom, side: runSide, severity }
  }

  /** @returns milliseconds since the sample before, without what was missed in a gap */
  private watched(time: number): number {
    const passed = this.time === 0 ? 0 : time - this.time
    const step = advance(this, time)
    this.recoveringSince += passed - step
    return step
  }

  private hasRecovered(time: number): boolean {
    const lastsLong = time - this.recoveringSince >= this.policy.resolve_seconds * 1000
    return this.recoveryCount >= this.runPolicy.resolveSamples && lastsLong && !this.isFlapping()
  }
}

function bitsIn(word: number): number {
  let count = 0
  for (let left = word; left !== 0; left &= left - 1) count++
  return count
}
