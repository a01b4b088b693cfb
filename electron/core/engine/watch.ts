// One rule watching one series: score, decide, learn, and how long the present run of anomalies lasts. The live engine,
// the replay after a restart, a drill and the preview of a value all go through here.
import { ALARM_LINE } from '../../../shared/severity.ts'
import type { PreparedDetector } from '../detectors/registry.ts'
import type { Streak } from '../events/lifecycle.ts'
import type { Observation, Verdict } from '../detectors/detector.ts'

export interface WatchedSample extends Observation {
  id: number
}

export interface Judgement {
  verdict: Verdict
  /** The run that this sample belongs to; null where it was not flagged. */
  streak: Streak | null
}

export interface Watch {
  /** Samples must come in the order of their ids. */
  judge(sample: WatchedSample): Judgement
  /** What the detector says of a value, without learning it. */
  preview(observation: Observation): Verdict
  lastSampleId(): number
  snapshot(): WatchState
}

/** Plain JSON. */
export interface WatchState {
  version: number
  detector: unknown
  streak: Streak | null
}

/** A saved state can be gone on with only by the version of the detector that wrote it. */
export const isUsable = (saved: WatchState, detector: PreparedDetector): boolean => saved.version === detector.version

export function createWatch(prepared: PreparedDetector, saved?: WatchState, savedUpTo = 0): Watch {
  const detector = prepared.create(saved?.detector)
  let streak = saved?.streak ?? null
  let lastSampleId = savedUpTo
  return {
    judge(sample) {
      const verdict = detector.score(sample)
      streak = verdict.score < ALARM_LINE ? null : prolonged(streak, sample)
      detector.learn(sample, verdict)
      lastSampleId = sample.id
      return { verdict, streak }
    },
    preview: (observation) => detector.score(observation),
    lastSampleId: () => lastSampleId,
    snapshot: () => ({ version: prepared.version, detector: detector.state(), streak }),
  }
}

const prolonged = (streak: Streak | null, { id, time }: WatchedSample): Streak =>
  streak ? { ...streak, count: streak.count + 1 } : { firstId: id, since: time, count: 1 }
