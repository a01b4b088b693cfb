// When a rule would have rung over a history: pure, for previews and backtests. Each run of flagged samples rings once it
// has lasted as long as the rule's `for`, unless the cooldown of the ring before it still runs.
import type { PreparedDetector } from '../detectors/registry.ts'
import type { Verdict } from '../detectors/detector.ts'
import type { Streak } from '../events/lifecycle.ts'
import { Watch, type WatchedSample } from './watch.ts'

interface Timing {
  for_seconds: number
  cooldown_seconds: number
}

/** What a sample means for whoever waits to be told. */
export type Moment = 'quiet' | 'rings' | 'goes on'

/** Takes the samples of one series in their order, each with the run that it belongs to. */
export function createBell({ for_seconds, cooldown_seconds }: Timing): (time: number, streak: Streak | null) => Moment {
  let ringing = false
  let lastSeen = -Infinity
  return (time, streak) => {
    if (!streak) ringing = false
    else if (ringing) lastSeen = time
    else if (time - streak.since >= for_seconds * 1000 && time - lastSeen >= cooldown_seconds * 1000) {
      ringing = true
      lastSeen = time
      return 'rings'
    }
    return ringing ? 'goes on' : 'quiet'
  }
}

export interface Ring<Sample> {
  /** The sample at which somebody would have been told. */
  sample: Sample
  verdict: Verdict
  lastSeen: number
  occurrences: number
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
  timing: Timing,
  samples: Iterable<Sample>,
  since: number,
): RingsOfSeries<Sample> {
  const watch = new Watch(detector)
  const bell = createBell(timing)
  const found: RingsOfSeries<Sample> = { samples: 0, flagged: 0, rings: [] }
  for (const sample of samples) {
    const verdict = watch.judge(sample)
    const { streak } = watch
    if (sample.time < since) continue
    found.samples++
    if (streak) found.flagged++
    const moment = bell(sample.time, streak)
    const last = found.rings.at(-1)
    if (moment === 'rings') found.rings.push({ sample, verdict, lastSeen: sample.time, occurrences: streak!.count })
    else if (moment === 'goes on' && last) {
      last.lastSeen = sample.time
      last.occurrences++
    }
  }
  return found
}
