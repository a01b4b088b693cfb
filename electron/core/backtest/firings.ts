// When a rule would have fired over the history of one series: pure. Each firing is an event that would have been raised,
// lived and resolved itself as it does live, with nobody there to have a hand in it.
import { asEvaluated } from '../detectors/counter.ts'
import type { Verdict } from '../detectors/detector.ts'
import type { PreparedDetector } from '../detectors/registry.ts'
import { Watch, type Recovery } from '../detection/watch.ts'
import { createEventTracker } from '../events/event-tracker.ts'
import type { EventState } from '../events/lifecycle.ts'
import { type Timing } from '../events/transition.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { TransitionKind } from '../events/transition.ts'
import type { Columns } from '../store/types/samples.ts'
import type { Delivery, NotificationReplay } from './notification-replay.ts'

export interface Firing {
  /** What became of the event, up to the end of the history. */
  event: EventState
  /** Of the sample at which it was raised. */
  reason: string
  delivery: Delivery
  /** How far its anomalies went: the highest score, and the figure farthest from 0. */
  score: number
  figure: number
}

export interface Firings {
  /** The next samples of the series, in the order of their ids. */
  take(columns: Columns): void
  /** The history ends, at a time in milliseconds since 1970. */
  end(time: number): void
  /** Samples since the beginning that were flagged. */
  flagged(): number
  readonly firings: readonly Firing[]
}

/**
 * @param since milliseconds since 1970: what came before is evaluated and doesn't count
 * @param listen called with each event
 */
export function createFirings(
  detector: PreparedDetector,
  rule: Timing & Recovery,
  since: number,
  listen: (event: EventState) => NotificationReplay,
): Firings {
  // What has waited for samples has lasted for long enough.
  const timing = detector.isTimerDriven ? { ...rule, for_seconds: 0 } : rule
  const watch = new Watch(detector, timing)
  const tracker = createEventTracker()
  const firings: Firing[] = []
  /** The sample at hand: one object, since there are very many. */
  const sample = { id: 0, time: 0, value: 0 }
  let flagged = 0
  let newest: { firing: Firing; replay: NotificationReplay } | undefined

  function raise(verdict: Verdict): void {
    const event = tracker.newest()!
    const replay = listen(event)
    newest = { replay, firing: { event, reason: verdict.reason, delivery: replay.delivery, score: 0, figure: 0 } }
    if (sample.time >= since) firings.push(newest.firing)
  }

  function apply(kind: TransitionKind, verdict: Verdict): void {
    const wasLive = newest !== undefined && isLive(newest.firing.event)
    const hasFired = tracker.apply(watch.transitionOf(kind, timing, asEvaluated(sample, verdict), verdict))
    if (hasFired) raise(verdict)
    if (kind === 'anomaly' && sample.time >= since) flagged++
    if (!newest || (!hasFired && !wasLive)) return
    if (kind === 'recovers') newest.replay.ended(sample.time)
    if (kind !== 'anomaly') return
    const { firing, replay } = newest
    replay.grew(sample.time)
    if (verdict.score > firing.score) firing.score = verdict.score
    if (Math.abs(verdict.figure ?? 0) > Math.abs(firing.figure)) firing.figure = verdict.figure!
  }

  return {
    take({ ids, times, values }) {
      for (let i = 0; i < ids.length; i++) {
        sample.id = ids[i]!
        sample.time = times[i]!
        sample.value = values[i]!
        const verdict = watch.evaluate(sample)
        if (watch.transitionKind) apply(watch.transitionKind, verdict)
      }
    },
    end(time) {
      if (newest && isLive(newest.firing.event)) newest.replay.ended(time)
    },
    flagged: () => flagged,
    firings,
  }
}
