// When a rule would have rung over a history: pure, for previews. Each run of flagged samples rings once it has lasted
// as long as the rule's `for`, unless the cooldown of the ring before it still runs.
import type { Verdict } from '../detectors/detector.ts'
import { createWatch, type WatchedSample } from './watch.ts'
import type { PreparedDetector } from '../detectors/registry.ts'

export interface Ring<Sample> {
  /** The sample at which somebody would have been told. */
  sample: Sample
  verdict: Verdict
  lastSeen: number
  occurrences: number
}

interface Timing {
  for_seconds: number
  cooldown_seconds: number
}

export interface RingsOfSeries<Sample> {
  samples: number
  flagged: number
  rings: Ring<Sample>[]
}

/**
 * @param samples of one series, in the order of their ids; those before `since` are learned and don't count
 * @param since milliseconds since 1970 in UTC
 */
export function ringsOf<Sample extends WatchedSample>(
  detector: PreparedDetector,
  { for_seconds, cooldown_seconds }: Timing,
  samples: Iterable<Sample>,
  since: number,
): RingsOfSeries<Sample> {
  const watch = createWatch(detector)
  const found: RingsOfSeries<Sample> = { samples: 0, flagged: 0, rings: [] }
  let ringing: Ring<Sample> | undefined
  for (const sample of samples) {
    const { verdict, streak } = watch.judge(sample)
    if (sample.time < since) continue
    found.samples++
    if (!streak) ringing = undefined
    else {
      found.flagged++
      if (ringing) Object.assign(ringing, { lastSeen: sample.time, occurrences: ringing.occurrences + 1 })
      else if (
        sample.time - streak.since >= for_seconds * 1000 &&
        isCool(found.rings.at(-1), sample, cooldown_seconds)
      ) {
        ringing = { sample, verdict, lastSeen: sample.time, occurrences: streak.count }
        found.rings.push(ringing)
      }
    }
  }
  return found
}

const isCool = (last: Ring<unknown> | undefined, { time }: WatchedSample, cooldownSeconds: number) =>
  !last || time - last.lastSeen >= cooldownSeconds * 1000
