// Evaluates history part by part, with nothing at hand but what it is given: the same in a thread of its own and without.
import { isCounter, perSecond } from '../../../shared/domain/counters.ts'
import type { Comparison, FiringOut, Tally } from '../../../shared/schemas/backtest.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../shared/schemas/maintenance-windows.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { suited } from '../detectors/counter.ts'
import { prepareDetector, type DetectorSettings } from '../detectors/registry.ts'
import { createGlob } from '../../../shared/domain/glob.ts'
import type { Recovery } from '../detection/watch.ts'
import type { Timing } from '../events/transition.ts'
import { createSilencer } from '../events/silencing/active-silence.ts'
import { inQuietHours } from '../notify/quiet-hours.ts'
import type { Columns } from '../store/types/samples.ts'
import { compare, overlapping, type FeedbackEvent, type Span } from './compare.ts'
import { replayNotifications, type NotificationSettings } from './notification-replay.ts'
import { createFirings, type Firing, type Firings } from './firings.ts'

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

export interface EvaluatedSeries {
  source: string
  metricType: string
  unit: string | null
  /** The events of the rule on it that have feedback. */
  feedback: readonly FeedbackEvent[]
}

/** The next samples of a series, in the order of their ids. */
export interface Part {
  /** With the first part. */
  series: EvaluatedSeries | null
  columns: Columns
  isLast: boolean
}

type Change = 'kept' | 'new' | 'gone'

/** With what a proposal needs to know of it; `change` compares the first rule with the second. */
export type BacktestFiring = FiringOut &
  Pick<Firing, 'score' | 'figure'> & {
    peak_value: number
    change: Change | null
    /** Of the past event that it overlaps. */
    feedback: FeedbackEvent['feedback'] | null
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

const NIGHT = { on: true, days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }

export function createEvaluator(job: BacktestJob): (part: Part) => Answer {
  const { rules, ruleId, from, to, settings, maxFirings } = job
  const quiet = createSilencer(job.silences, job.windows)
  const night = { ...NIGHT, time_zone: job.timeZone }
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
      tallies: byRule.map(tallyOf),
      comparisons: others.map((given) => compare(present, given, series.feedback)),
      firings: firings.map((each, rule) =>
        each.map((firing, index) => firingOut(firing, changes[rule]![index]!)).slice(-maxFirings),
      ),
    }
  }

  const tallyOf = (each: Firings | null): Tally => {
    const notified = each?.firings.map(({ delivery }) => delivery.notifiedAt).filter((time) => time !== null) ?? []
    return {
      flagged: each?.flagged() ?? 0,
      firings: each?.firings.length ?? 0,
      notified: notified.length,
      notified_at_night: notified.filter((time) => inQuietHours(night, time)).length,
      silenced: each?.firings.filter(({ delivery }) => delivery.silencedBy).length ?? 0,
    }
  }

  const firingOut = (firing: Firing, change: Change | null): BacktestFiring => {
    const { event, reason, delivery, score, figure } = firing
    const span = spanOf(firing)
    return {
      source: series.source,
      metric_type: series.metricType,
      unit: isCounter(series.metricType) ? perSecond(series.unit) : series.unit,
      severity: event.severity,
      value: event.value,
      reason,
      began_at: event.began_at!,
      detected_at: event.detected_at,
      last_seen_at: event.last_seen_at,
      resolved_at: event.resolved_at,
      occurrences: event.occurrences,
      flapping: event.flapping,
      silenced_by: delivery.silencedBy,
      notified_at: delivery.notifiedAt === null ? null : new Date(delivery.notifiedAt).toISOString(),
      score,
      figure,
      peak_value: event.peak_value,
      change,
      feedback: series.feedback.find((event) => event.from <= span.to && event.to >= span.from)?.feedback ?? null,
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

const spanOf = ({ event }: Firing): Span => ({
  from: Date.parse(event.began_at!),
  to: Date.parse(event.last_seen_at),
})

/** Null if there is nothing to compare with. */
function changesOf(spans: readonly Span[], others: readonly Span[] | undefined, alone: Change): (Change | null)[] {
  if (!others) return spans.map(() => null)
  const isKept = overlapping(others)
  return spans.map((span) => (isKept(span) ? 'kept' : alone))
}
