// The rhythm of each series under a rule: how long it is normally without samples, learned from its newest history when it
// matters, or from its deliveries if they are rarer.
import { MINUTE } from '../../../../shared/domain/time.ts'
import type { Observation, Verdict } from '../../detectors/detector.ts'
import type { PreparedDetector } from '../../detectors/registry.ts'
import type { Anomaly } from '../../events/transition.ts'
import type { SampleStore } from '../../store/types/samples.ts'
import type { SeriesStatus } from '../../store/types/series.ts'
import type { MatchingRule } from '../active-rules.ts'
import type { Deliveries } from './deliveries.ts'
import { MAX_GRACE, newestIdOf, type Staleness } from './staleness.ts'

/** A rhythm is learned again once it is older than this and the series has new samples. */
const RHYTHM_TTL = 10 * MINUTE

interface Rhythm {
  /** The longest normal silence in milliseconds; infinite while too few samples are known. */
  longest: number
  /** The newest sample when the rhythm was learned, and the time. */
  newestId: number
  at: number
  /** The newest sample before a silence that needs no further event. */
  handledId: number
}

export interface Rhythms {
  /** Null if the rule doesn't match the series. */
  find(entry: MatchingRule, series: SeriesStatus): Rhythm | null
  /** Whether the series may be missing, which `evaluate` then finds out from its history. */
  isSuspect(series: SeriesStatus, rhythm: Rhythm | null): boolean
  /** Learns the rhythm again and evaluates the present silence by it; null if it is normal. */
  evaluate(entry: MatchingRule, series: SeriesStatus, rhythm: Rhythm): Anomaly | null
  /** Forgets all rhythms, after the rules have changed. */
  reset(): void
}

interface Deps {
  samples: Pick<SampleStore, 'recent'>
  staleness: Staleness
  deliveries: Deliveries
}

export function createRhythms({ samples, staleness, deliveries }: Deps): Rhythms {
  /** By rule, then by series; null if the rule doesn't match it. */
  const byRule = new Map<number, Map<number, Rhythm | null>>()

  /** Silence and rhythm by one measure: what a buffered agent read arrives with its next delivery. Null if unknown. */
  function byDeliveries(detector: PreparedDetector, series: SeriesStatus, next: Observation): Verdict | null {
    const interval = deliveries.interval(series) ?? 0
    if (interval === 0) return null
    const lastAt = next.time - staleness.staleFor(series)
    const times = Array.from({ length: detector.memory }, (_, index) => lastAt - index * interval).toReversed()
    const verdict = evaluateSilence(
      detector,
      times.map((time) => ({ time, value: next.value })),
      next,
    )
    deliveries.remember(series, verdict.silence === undefined ? interval : 0)
    return verdict
  }

  return {
    find({ rule, matches }, { id, source, metricType }) {
      const ofRule = byRule.get(rule.id) ?? new Map<number, Rhythm | null>()
      byRule.set(rule.id, ofRule)
      const known = ofRule.get(id)
      if (known !== undefined) return known
      const fresh = matches(source, metricType) ? { longest: 0, newestId: 0, at: 0, handledId: 0 } : null
      ofRule.set(id, fresh)
      return fresh
    },
    // Silent for longer than its known rhythm, and given time to send; or its rhythm has to be learned again first.
    isSuspect(series, rhythm) {
      if (!rhythm || rhythm.handledId === newestIdOf(series) || deliveries.interval(series) === undefined) return false
      const { longest, newestId, at } = rhythm
      const isUpToDate = newestId === newestIdOf(series)
      if (!isUpToDate && (longest === Infinity || staleness.now() - at > RHYTHM_TTL)) return true
      return staleness.staleFor(series) > longest && staleness.uptimeSinceWake() > Math.min(longest, MAX_GRACE)
    },
    evaluate({ rule, detector }, series, rhythm) {
      const history = samples.recent(series.id, detector.memory)
      const last = history.at(-1)
      if (!last) return null
      const [now, silence, id] = [staleness.now(), staleness.staleFor(series), newestIdOf(series)]
      const next = { time: last.time + silence, value: last.value }
      const bySamples = evaluateSilence(detector, history, next)
      const verdict = bySamples.silence === undefined ? bySamples : (byDeliveries(detector, series, next) ?? bySamples)
      Object.assign(rhythm, { longest: verdict.figure ? silence / verdict.figure : Infinity, newestId: id, at: now })
      if (verdict.silence === undefined) return null
      const span = { since: now - silence, lasting: silence, count: 1 }
      const run = { ...span, firstId: id, troubleFrom: id, side: 'silent', severity: verdict.score } as const
      return { kind: 'anomaly', rule, sample: { ...last, id, time: now }, verdict, run, flapping: false }
    },
    reset: () => byRule.clear(),
  }
}

/** The verdict on a sample that would come now, by a detector that has learned this history. */
function evaluateSilence(prepared: PreparedDetector, history: readonly Observation[], next: Observation): Verdict {
  const detector = prepared.create()
  for (const sample of history) detector.learn(sample, detector.score(sample))
  return detector.score(next)
}
