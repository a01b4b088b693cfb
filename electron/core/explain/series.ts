// The other series of a source: which of them were unusual when an event began.
import { isCounter, perSecond } from '../../../shared/domain/counters.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'
import type { Facts } from '../../../shared/schemas/explanation.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'
import { beginningOf } from './events.ts'

type Stores = Pick<Store, 'samples' | 'series'>

const BEFORE = HOUR
/** The window begins shortly before the first anomaly, but not long before the detection, and ends shortly after it. */
const LEAD = 2 * MINUTE
const MAX_RUN = 10 * MINUTE
const AFTER = 5 * MINUTE

/** Series examined; each takes a fraction of a millisecond. */
const MAX_EXAMINED = 30
const MAX_LISTED = 5

/** Minutes of the hour before that are needed for a median. */
const MIN_VALUES = 8
/** Robust deviations from which on a series counts as unusual. */
const MIN_DEVIATIONS = 4
const MAX_DEVIATIONS = 100
/** A change by less than this share of the level is not unusual, however flat the series was. */
const MIN_CHANGE = 0.02

/** The most unusual series of the event's source, compared with their hour before. */
export function seriesAround({ samples, series }: Stores, event: StoredEvent): Facts['series_around'] {
  if (event.drill) return []
  const window = windowOf(event)
  return series
    .ofSource(event.source, { drill: false })
    .filter(({ id }) => id !== event.series_id)
    .slice(0, MAX_EXAMINED)
    .flatMap(({ id, metricType, unit }) => {
      const counts = isCounter(metricType)
      const minutes = minutesIn(samples, id, window, counts)
      const distance = distanceOf(minutes, window.begins)
      if (!distance) return []
      const shownUnit = counts ? perSecond(unit) : unit
      return [{ source: event.source, metric_type: metricType, unit: shownUnit, ...distance, means: meansOf(minutes) }]
    })
    .toSorted((one, other) => Math.abs(other.deviations) - Math.abs(one.deviations))
    .slice(0, MAX_LISTED)
}

/** The median of the series over the hour before an event began; null if too few samples are kept. */
export function hourBefore(samples: Stores['samples'], event: StoredEvent): number | null {
  const window = windowOf(event)
  // A counter is shown by its rate, except in events for missing data.
  const counts = isCounter(event.metric_type) && event.unit?.endsWith(perSecond(null)) === true
  const before = beforeIn(minutesIn(samples, event.series_id, window, counts), window.begins)
  return before.length < MIN_VALUES ? null : medianOf(before)
}

interface Window {
  from: number
  /** The end of the hour before. */
  begins: number
  to: number
}

function windowOf(event: StoredEvent): Window {
  const detected = Date.parse(event.detected_at)
  const begins = Math.max(beginningOf(event), detected - MAX_RUN) - LEAD
  return { from: begins - BEFORE, begins, to: detected + AFTER }
}

/** The mean of a series in a minute; `at` is in milliseconds since 1970. */
interface Minute {
  at: number
  mean: number
}

/** Means by the minute; for counters, the rates between them. */
function minutesIn(samples: Stores['samples'], seriesId: number, { from, to }: Window, counts: boolean): Minute[] {
  const many = Math.ceil((to - from) / MINUTE)
  const minutes = samples
    .range(seriesId, from, from + many * MINUTE - 1, many)
    .map((point) => ({ at: (point.from + point.to) / 2, mean: point.mean }))
  return counts ? ratesOf(minutes) : minutes
}

/** A counter that falls was reset: that minute has no rate. */
function ratesOf(minutes: readonly Minute[]): Minute[] {
  return minutes.slice(1).flatMap(({ at, mean }, index) => {
    const earlier = minutes[index]!
    const rate = (mean - earlier.mean) / ((at - earlier.at) / SECOND)
    return rate >= 0 && Number.isFinite(rate) ? [{ at, mean: rate }] : []
  })
}

const meansOf = (minutes: readonly Minute[]) => minutes.map(({ mean }) => mean)

const beforeIn = (minutes: readonly Minute[], begins: number) => meansOf(minutes.filter(({ at }) => at < begins))

/**
 * How far the series went from its median, in median absolute deviations times 1.4826 (which are standard deviations
 * for normally distributed values: Rousseeuw and Croux 1993). Undefined if it stayed near or too few samples are kept.
 */
function distanceOf(minutes: readonly Minute[], begins: number) {
  const before = beforeIn(minutes, begins)
  const around = meansOf(minutes.filter(({ at }) => at >= begins))
  if (before.length < MIN_VALUES || around.length === 0) return undefined
  const median = medianOf(before)
  const spread = 1.4826 * medianOf(before.map((mean) => Math.abs(mean - median)))
  const unit = Math.max(spread, MIN_CHANGE * Math.abs(median), Number.MIN_VALUE)
  const value = around.reduce((far, mean) => (Math.abs(mean - median) > Math.abs(far - median) ? mean : far))
  const deviations = Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, (value - median) / unit))
  // A value beyond the range of a double gives NaN, which is not unusual.
  return Math.abs(deviations) >= MIN_DEVIATIONS ? { before: median, value, deviations } : undefined
}

/** @param values at least one */
function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2
}
