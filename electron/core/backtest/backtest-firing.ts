// The firings of a rule as the result of a backtest shows and counts them.
import { isCounter, perSecond } from '../../../shared/domain/counters.ts'
import { toIso } from '../../../shared/domain/time.ts'
import type { FiringOut, Tally } from '../../../shared/schemas/backtest.ts'
import { inQuietHours } from '../notify/quiet-hours.ts'
import type { FeedbackEvent, Span } from './compare.ts'
import type { Firing, Firings } from './firings.ts'

export interface EvaluatedSeries {
  source: string
  metricType: string
  unit: string | null
  /** The events of the rule on it with a person's feedback. */
  feedback: readonly FeedbackEvent[]
}

export type Change = 'kept' | 'new' | 'gone'

/** With what a proposal needs to know of it; `change` compares the first rule with the second. */
export type BacktestFiring = FiringOut &
  Pick<Firing, 'score' | 'figure'> & {
    peak_value: number
    change: Change | null
    /** Of the past event that it overlaps. */
    feedback: FeedbackEvent['feedback'] | null
  }

const NIGHT = { on: true, days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }

/** @param timeZone IANA zone of the nights */
export function tallyOf(found: Firings | null, timeZone: string): Tally {
  const firings = found?.firings ?? []
  const notified = firings.map(({ delivery }) => delivery.notifiedAt).filter((time) => time !== null)
  const night = { ...NIGHT, time_zone: timeZone }
  return {
    flagged: found?.flagged() ?? 0,
    firings: firings.length,
    notified: notified.length,
    notified_at_night: notified.filter((time) => inQuietHours(night, time)).length,
    silenced: firings.filter(({ delivery }) => delivery.silencedBy).length,
  }
}

export function describeFiring(firing: Firing, series: EvaluatedSeries, change: Change | null): BacktestFiring {
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
    notified_at: delivery.notifiedAt === null ? null : toIso(delivery.notifiedAt),
    score,
    figure,
    peak_value: event.peak_value,
    change,
    feedback: series.feedback.find((event) => event.from <= span.to && event.to >= span.from)?.feedback ?? null,
  }
}

export const spanOf = ({ event }: Firing): Span => ({
  from: Date.parse(event.began_at!),
  to: Date.parse(event.last_seen_at),
})
