// What a detector is. It learns one series and scores one sample against what it has learned.
import type { z } from 'zod'
import type { Rule } from '../../../shared/schemas/rule.ts'

export interface Observation {
  /** Milliseconds since 1970 in UTC; never falls within a series. */
  time: number
  value: number
}

export interface Verdict {
  /** 0 (normal) to 1 (certain); 0.5 is the alarm line. */
  score: number
  /** The method's own number, signed where it has a direction; null where there is none yet. */
  figure: number | null
  /** The band in which the value was expected; null where the method has no such side or knows too little. */
  lower: number | null
  upper: number | null
  /** How many samples the evaluation rests on; null if it rests on a limit that a person set. */
  samples: number | null
  /** The value that was evaluated, per second, if the series is a counter. */
  rate?: number
  /** Milliseconds without a sample, where that is what is wrong. */
  silence?: number
  /** Whether the value repeats itself, if that is what is wrong. */
  stuck?: boolean
  /** Whether less than a week of the series is known, which is not enough to call CRITICAL what is merely unusual. */
  young?: boolean
  /** An anomaly has stayed so long that it is the new normal from the next sample on: the levels before and now. */
  adopted?: { before: number; now: number }
  /** One sentence that says why, NORMAL or INSUFFICIENT_DATA. */
  reason: string
}

/** What a person says about the anomaly at hand, or the newest one if it is over. */
export type Feedback = 'real' | 'false_alarm' | 'undo_adoption'

export interface Detector {
  /** Pure: looks, never learns. */
  score(observation: Observation): Verdict
  /** Hears what was decided about the sample that was just scored. */
  learn(observation: Observation, verdict: Verdict): void
  /**
   * `real`: never learn it, and don't adopt it. `undo_adoption`: what was normal before the newest adoption is normal again.
   * `false_alarm`: learn it fully. Between samples, and in their order: a replay must apply it at the same place.
   */
  feedback?(feedback: Feedback): void
  /** Plain JSON of bounded size, from which `create` goes on as if nothing had happened. */
  state(): unknown
}

/** The fields of a rule that detectors share. */
export type SharedSetting = 'z_threshold' | 'iqr_factor' | 'threshold' | 'operator' | 'min_samples'

export type Settings<Params> = Pick<Rule, SharedSetting> & { params: Params }

export interface DetectorDefinition<Params = unknown> {
  /** The name that rules use, in capitals. */
  method: string
  /** One sentence for a person who chooses. */
  summary: string
  uses: readonly SharedSetting[]
  /** Settings that only this method knows; unknown ones are ignored. */
  params: z.ZodType<Params>
  /** What is wrong with settings that are each fine by themselves, by field. */
  check?(settings: Settings<Params>): { path: string; message: string }[]
  /** Rises when `state()` changes its form; a state of another version is learned anew from the history. */
  version: number
  /** How many samples of history say all that this detector can know. */
  memory(settings: Settings<Params>): number
  /** Normal samples after which an event may resolve itself, if the rule leaves it open; 3 if left out. */
  resolveSamples?: number
  /** A timer-driven rule fires while nothing comes; of samples it only learns. */
  isTimerDriven?: boolean
  /** Whether a person sets the limit, so that one sample beyond it says how severe it is. */
  isLimit?: boolean
  /** @param state what `state()` gave, after a trip through JSON. */
  create(settings: Settings<Params>, state?: unknown): Detector
}

export const NORMAL = 'Normal.'

export const INSUFFICIENT_DATA = 'insufficient_data'

/**
 * The only honest verdict while the baseline is too short.
 *
 * @param samples how many there are so far
 */
export const insufficientData = (samples: number): Verdict => ({
  score: 0,
  figure: null,
  lower: null,
  upper: null,
  samples,
  reason: INSUFFICIENT_DATA,
})

/**
 * The common scale of scores: 1 − 2^(−r), so that 0 is normal, the alarm line lies at 0.5 and far beyond it is 1.
 *
 * @param ratio how many times as far from the usual as the alarm line is, 0 or more
 */
export const scoreOf = (ratio: number): number => 1 - 2 ** -ratio

/** What `scoreOf` was given; infinite where the score is so close to 1 that nobody can tell. */
export const ratioOf = ({ score }: { score: number }): number => -Math.log2(1 - score)
