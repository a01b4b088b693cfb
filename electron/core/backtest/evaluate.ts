// Evaluates history part by part, with nothing at hand but what it is given: the same in a thread of its own and without.
import type { Comparison, Tally } from '../../../shared/schemas/backtest.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../shared/schemas/maintenance-windows.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { suited } from '../detectors/counter.ts'
import { prepareDetector, type DetectorSettings } from '../detectors/registry.ts'
import { createGlob } from '../../../shared/domain/glob.ts'
import type { Recovery } from '../detection/watch.ts'
import type { Timing } from '../events/transition.ts'
import { createSilencer } from '../events/silencing/active-silence.ts'
import type { Columns } from '../store/types/samples.ts'
import { compare, overlapping, type Span } from './compare.ts'
import { replayNotifications, type NotificationSettings } from './notification-replay.ts'
import { createFirings, type Firings } from './firings.ts'
import {
  describeFiring,
  spanOf,
  tallyOf,
  type Change,
  type EvaluatedSeries,
  type BacktestFiring,
} from './backtest-firing.ts'

export type EvaluatedRule = DetectorSettings & Timing & Recovery & Pick<Rule, 'source' | 'metric_type'>

/** Plain data, as all that goes to a thread and comes from it. */
export interface BacktestJob {
  /** Each of those after the first is compared with the first. */
  rules: readonly EvaluatedRule[]
  /** Under which silences know them; null for a rule that isn't saved. */
  ruleId: number | null
  /** Milliseconds since 1970; what comes before is learned and doesn't count. */
  from: number
  to: number
  silences: readonly Silence[]
  windows: readonly MaintenanceWindow[]
  settings: NotificationSettings
  /** IANA zone of the nights. */
  timeZone: string
  /** Firings of each rule and series that are listed, the newest. */
  maxFirings: number
}

/** The next samples of a series, in the order of their ids. */
export interface Part {
  /** With the first part. */
  series: EvaluatedSeries | null
  columns: Columns
  isLast: boolean
}

export interface EvaluationResult {
  samples: number
  /** By rule. */
  tallies: Tally[]
  /** By rule, but for the first. */
  comparisons: Comparison[]
  /** By rule. */
  firings: BacktestFiring[][]
}

export interface Answer {
  /** Of the part, those before the beginning included. */
  samples: number
  /** With the last part. */
  found: EvaluationResult | null
}

export function createEvaluator(job: BacktestJob): (part: Part) => Answer {
  const { rules, ruleId, from, to, settings, maxFirings } = job
  const quiet = createSilencer(job.silences, job.windows)
  const prepared = rules.map((rule) => ({ rule, detector: prepareDetector(rule), watches: watchesOf(rule) }))
  let series: EvaluatedSeries = { source: '', metricType: '', unit: null, feedback: [] }
  let byRule: (Firings | null)[] = []
  let samples = 0

  function begin(next: EvaluatedSeries): void {
    series = next
    samples = 0
    const { source, metricType } = next
    const names = { rule_id: ruleId, source, metric_type: metricType }
    byRule = prepared.map(({ rule, detector, watches }) =>
      watches(source, metricType)
        ? createFirings(suited(detector, metricType), rule, from, (life) =>
            replayNotifications(life, names, quiet, settings),
          )
        : null,
    )
  }

  function end(): EvaluationResult {
    for (const each of byRule) each?.end(to)
    const firings = byRule.map((each) => each?.firings ?? [])
    const spans = firings.map((each) => each.map(spanOf))
    const [present = [], ...others] = spans
    const changes = [changesOf(present, others[0], 'gone'), ...others.map((given) => changesOf(given, present, 'new'))]
    return {
      samples,
      tallies: byRule.map((each) => tallyOf(each, job.timeZone)),
      comparisons: others.map((given) => compare(present, given, series.feedback)),
      firings: firings.map((each, rule) =>
        each.map((firing, index) => describeFiring(firing, series, changes[rule]![index]!)).slice(-maxFirings),
      ),
    }
  }

  return (part) => {
    if (part.series) begin(part.series)
    const { times } = part.columns
    for (const each of byRule) each?.take(part.columns)
    for (const time of times) if (time >= from) samples++
    return { samples: times.length, found: part.isLast ? end() : null }
  }
}

/** Which series a rule watches. */
export function watchesOf(rule: Pick<Rule, 'source' | 'metric_type'>): (source: string, metricType: string) => boolean {
  const [matchesSource, matchesMetricType] = [createGlob(rule.source), createGlob(rule.metric_type)]
  return (source, metricType) => matchesSource(source) && matchesMetricType(metricType)
}

/** Null if there is nothing to compare with. */
function changesOf(spans: readonly Span[], others: readonly Span[] | undefined, alone: Change): (Change | null)[] {
  if (!others) return spans.map(() => null)
  const isKept = overlapping(others)
  return spans.map((span) => (isKept(span) ? 'kept' : alone))
}
