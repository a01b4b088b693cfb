// One rule watching one series: score, decide, learn, and how long the present run of anomalies lasts. The live engine,
// the replay after a restart, a drill and the preview of a value all go through here.
import { ALARM_LINE } from '../../../shared/severity.ts'
import type { PreparedDetector } from '../detectors/registry.ts'
import type { Streak } from '../events/lifecycle.ts'
import type { Detector, Observation, Verdict } from '../detectors/detector.ts'

export interface WatchedSample extends Observation {
  id: number
}

/** Plain JSON. */
export interface WatchState {
  version: number
  detector: unknown
  streak: Streak | null
}

/** A saved state can be gone on with only by the version of the detector that wrote it. */
export const isUsable = (saved: WatchState, detector: PreparedDetector): boolean => saved.version === detector.version

export class Watch {
  /** The run of flagged samples that the newest one belongs to; null where it was not flagged. */
  streak: Streak | null
  /** The newest sample that was judged. */
  lastSampleId: number
  private readonly detector: Detector
  private readonly version: number

  constructor(prepared: PreparedDetector, saved?: WatchState, savedUpTo = 0) {
    this.detector = prepared.create(saved?.detector)
    this.version = prepared.version
    this.streak = saved?.streak ?? null
    this.lastSampleId = savedUpTo
  }

  /** Samples must come in the order of their ids. */
  judge(sample: WatchedSample): Verdict {
    const verdict = this.detector.score(sample)
    this.streak = verdict.score < ALARM_LINE ? null : prolonged(this.streak, sample)
    this.detector.learn(sample, verdict)
    this.lastSampleId = sample.id
    return verdict
  }

  /** What the detector says of a value, without learning it. */
  preview(observation: Observation): Verdict {
    return this.detector.score(observation)
  }

  snapshot(): WatchState {
    return { version: this.version, detector: this.detector.state(), streak: this.streak }
  }
}

const prolonged = (streak: Streak | null, { id, time }: WatchedSample): Streak =>
  streak ? { ...streak, count: streak.count + 1 } : { firstId: id, since: time, count: 1 }
