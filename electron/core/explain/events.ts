// Other events: those that were live when an event began, and earlier events of its rule and series.
import { DAY, MINUTE, toIso } from '../../../shared/domain/time.ts'
import { SEVERITIES } from '../../../shared/schemas/event.ts'
import type { Facts } from '../../../shared/schemas/explanation.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'

type Stores = Pick<Store, 'events' | 'series'>

/** Before the event's first anomaly, and after its detection. */
const AROUND = 10 * MINUTE
/** An event that began longer ago has little to do with one that begins now. */
const MAX_AGE = DAY
/** Events read on each side of the event, once of all sources and once of its own; in an outage, the nearest are enough. */
const MAX_READ = 100
export const MAX_AROUND = 8

export const beginningOf = ({ began_at, detected_at }: Pick<StoredEvent, 'began_at' | 'detected_at'>): number =>
  Date.parse(began_at ?? detected_at)

/** Events that were live within ten minutes of the event: its own source first, then by severity, then the nearest. */
export function eventsAround({ events, series }: Stores, event: StoredEvent): Facts['events_around'] {
  const began = beginningOf(event)
  const detected = Date.parse(event.detected_at)
  const span = { from: began - MAX_AGE, to: detected + AROUND }
  const seriesIds = series.ofSource(event.source, { drill: event.drill }).map(({ id }) => id)
  const found = new Map(
    [...events.near(detected, { ...span, seriesIds }, MAX_READ), ...events.near(detected, span, MAX_READ)].map(
      (other) => [other.id, other],
    ),
  )
  // Those of the same rule and series are listed as earlier events.
  const isAnother = (other: StoredEvent) => other.series_id !== event.series_id || other.rule_name !== event.rule_name
  const wasLive = (other: StoredEvent) =>
    isAnother(other) &&
    other.drill === event.drill &&
    beginningOf(other) <= detected + AROUND &&
    (other.resolved_at === null || Date.parse(other.resolved_at) >= began - AROUND)
  return [...found.values()]
    .filter(wasLive)
    .toSorted(
      (one, other) =>
        Number(other.source === event.source) - Number(one.source === event.source) ||
        SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
        Math.abs(beginningOf(one) - began) - Math.abs(beginningOf(other) - began) ||
        one.id - other.id,
    )
    .slice(0, MAX_AROUND)
    .map((other) => ({
      id: other.id,
      title: other.title,
      source: other.source,
      metric_type: other.metric_type,
      rule_name: other.rule_name,
      severity: other.severity,
      status: other.status,
      began_at: toIso(beginningOf(other)),
      seconds_after: Math.round((beginningOf(other) - began) / 1000),
    }))
}

export const MAX_EARLIER = 50
const MAX_LISTED = 5

/** Earlier events of the same rule and series; if there are none, those of other rules that ended before this event. */
export function earlierEvents({ events }: Stores, event: StoredEvent): Facts['earlier'] {
  const ofSeries = events.earlier(event, MAX_EARLIER)
  const ofRule = ofSeries.filter(({ rule_name }) => rule_name === event.rule_name)
  const began = beginningOf(event)
  const hadEnded = ofSeries.filter(({ resolved_at }) => resolved_at !== null && Date.parse(resolved_at) < began)
  const like = ofRule.length > 0 ? ofRule : hadEnded
  return {
    count: like.length,
    false_alarms: like.filter(({ status }) => status === 'FALSE_POSITIVE').length,
    last: like.slice(0, MAX_LISTED).map((earlier) => ({
      id: earlier.id,
      status: earlier.status,
      detected_at: earlier.detected_at,
      lasted_seconds: lasted(earlier),
      ended_by: earlier.resolved_by,
      comment: lastComment(events, earlier.id),
    })),
  }
}

/** Seconds from the first to the newest anomaly. */
export const lasted = (event: StoredEvent): number =>
  Math.max(0, Math.round((Date.parse(event.last_seen_at) - beginningOf(event)) / 1000))

/** The newest comment of a person. */
const lastComment = (events: Stores['events'], id: number): string | null =>
  events.timeline(id).findLast(({ who, comment }) => who !== TOCSIN && comment !== null)?.comment ?? null
