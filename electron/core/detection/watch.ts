// One rule watching one series: scores a sample, updates the alert state, learns. The live engine, the replay after a
// restart, drills and backtests all use it.
import type { Rule } from '../../../shared/schemas/rule.ts'
import { sideOf } from '../../../shared/domain/side.ts'
import { asEvaluated } from '../detectors/counter.ts'
import type { Detector, Observation, Verdict } from '../detectors/detector.ts'
import type { PreparedDetector } from '../detectors/registry.ts'
import { asksCorroboration } from './corroboration.ts'
import { AlertState, type SavedAlertState } from './alert-state.ts'
import { type TransitionKind, type AnomalyRun } from '../events/transition.ts'
import type { Transition, Timing } from '../events/transition.ts'
import type { SeriesFeedback } from '../store/types/feedback.ts'

export interface WatchedSample extends Observation {
  id: number
}

/** The part of a rule that says when a series has recovered. */
export type Recovery = Pick<Rule, 'resolve_seconds' | 'recovery_score' | 'params'> & {
  /** Left out: the method's own. */
  resolve_samples?: number | null | undefined
}

/** Plain JSON. */
export interface WatchState {
  form: number
  version: number
  /** Null, like `alertState`, if nothing was evaluated yet: most series are new when their watches open. */
  detector: unknown
  alertState: SavedAlertState | null
  /** The trouble that is never adopted; left out if there is none. */
  held?: number
}

/** Rises when the form of a saved state changes, apart from the detector's own part. */
const FORM = 5

/** A saved state is usable only in the present form, and by the version of the detector that wrote it. */
export const isUsable = (saved: WatchState, detector: PreparedDetector): boolean =>
  saved.form === FORM && saved.version === detector.version

/** What was adopted by mistake is no trouble any more: that begins with the next anomaly. */
const NEXT_TROUBLE = -1

const alertStateFor = (prepared: PreparedDetector, recovery: Recovery, saved?: SavedAlertState) =>
  new AlertState(
    recovery,
    {
      resolveSamples: recovery.resolve_samples ?? prepared.resolveSamples,
      evidence: prepared.isLimit ? 'limit' : asksCorroboration(recovery) ? 'unusual' : 'deviation',
    },
    saved,
  )

export class Watch {
  /** The newest sample that was evaluated. */
  lastSampleId: number
  /** What the newest sample means for an event. */
  transitionKind: TransitionKind | null = null
  private readonly detector: Detector
  private readonly version: number
  private alertState: AlertState
  /** Where the trouble began that is never adopted, since a person has taken it; 0 for none, or `NEXT_TROUBLE`. */
  private held: number

  constructor(prepared: PreparedDetector, recovery: Recovery, saved?: WatchState, savedUpTo = 0) {
    this.detector = prepared.create(saved?.detector ?? undefined)
    this.version = prepared.version
    this.alertState = alertStateFor(prepared, recovery, saved?.alertState ?? undefined)
    this.held = saved?.held ?? 0
    this.lastSampleId = savedUpTo
  }

  /** The run of anomalies that the newest sample belongs to; null if it was normal. */
  get run(): AnomalyRun | null {
    return this.alertState.run
  }

  /** Samples must come in the order of their ids. */
  evaluate(sample: WatchedSample): Verdict {
    const verdict = this.unlessHeld(this.detector.score(sample))
    this.transitionKind = this.alertState.update(sample, verdict.score, sideOf(verdict, sample.value), verdict.young)
    if (this.held === NEXT_TROUBLE && this.run) this.held = this.run.troubleFrom
    this.detector.learn(sample, verdict)
    this.lastSampleId = sample.id
    return verdict
  }

  /** The transition of the newest sample, with all that an event needs. */
  transitionOf<R extends Timing, S extends WatchedSample>(
    kind: TransitionKind,
    rule: R,
    sample: S,
    verdict: Verdict,
  ): Transition<R, S> {
    const { alertState } = this
    if (kind === 'anomaly')
      return {
        kind,
        rule,
        sample: asEvaluated(sample, verdict),
        verdict,
        run: alertState.run!,
        flapping: alertState.isFlapping(),
      }
    if (kind === 'recovers') return { kind, rule, sample, recovery: alertState.recovery }
    return { kind, rule, sample }
  }

  /** For a watch that learned from the history: a recovery that lies in it was recorded by no event. */
  expectRecovery(): void {
    this.alertState.expectRecovery()
  }

  /** From now on, a series has recovered when this says so. */
  protected recoverBy(prepared: PreparedDetector, recovery: Recovery): void {
    this.alertState = alertStateFor(prepared, recovery, this.alertState.snapshot())
  }

  /** Between two samples: a person's feedback on the newest event. */
  applyFeedback(kind: SeriesFeedback['kind']): void {
    if (kind === 'expect_recovery') this.alertState.expectRecovery()
    else if (kind === 'release') this.held = 0
    else {
      if (kind === 'real' || kind === 'hold') this.held = this.alertState.snapshot().troubleFrom
      if (kind === 'undo_adoption') this.held = NEXT_TROUBLE
      if (kind !== 'hold') this.detector.feedback?.(kind)
    }
  }

  snapshot(): WatchState {
    const { version, lastSampleId, held } = this
    if (lastSampleId === 0) return { form: FORM, version, detector: null, alertState: null }
    const alertState = this.alertState.snapshot()
    return { form: FORM, version, detector: this.detector.state(), alertState, ...(held !== 0 && { held }) }
  }

  private unlessHeld(verdict: Verdict): Verdict {
    if (!verdict.adopted || this.held === 0 || this.alertState.snapshot().troubleFrom !== this.held) return verdict
    const { adopted: _, ...rest } = verdict
    return rest
  }
}
