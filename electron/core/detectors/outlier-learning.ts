// How much of what was flagged a baseline learns: little, so that an outage does not become normal within minutes, but
// not nothing, so that a lasting new level does in the end.
import { ALARM_LINE } from '../../../shared/domain/severity.ts'
import type { Verdict } from './detector.ts'

/**
 * One flagged sample in ten is learned. A window of n samples then takes on a lasting new level after about n flagged
 * samples (for z = 3, a tenth of the window must have changed; for quartiles, a quarter), whatever its height.
 */
const LEARNED_OF_FLAGGED = 10

/** A detector that learns few of its outliers. It holds the number itself: an object for it would cost each series 32 bytes. */
interface OutlierLearner {
  /** Flagged samples since one was learned; goes into the detector's state. */
  flagged: number
}

/** Whether the sample with this score is to be learned. */
export function shouldLearn(learner: OutlierLearner, { score }: Pick<Verdict, 'score'>): boolean {
  if (score < ALARM_LINE) return true
  learner.flagged = (learner.flagged + 1) % LEARNED_OF_FLAGGED
  return learner.flagged === 0
}

/**
 * For windows that bear outliers, in which one that stands alone does no harm: it is learned, or a value that comes now
 * and then would never be known. Of those that follow it without a break, one in ten. Here `flagged` counts since a
 * sample was not flagged.
 */
export function shouldLearnOfRuns(learner: OutlierLearner, { score }: Pick<Verdict, 'score'>): boolean {
  if (score >= ALARM_LINE) return learner.flagged++ % LEARNED_OF_FLAGGED === 0
  learner.flagged = 0
  return true
}
