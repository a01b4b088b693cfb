// Other events: those that lived when one began, and earlier ones like it.
import { SEVERITIES } from '../../../shared/schemas/event.ts'
import type { Facts } from '../../../shared/schemas/explanation.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'

type Stores = Pick<Store, 'events' | 'series'>

const MINUTE = 60_000
/** Around the time from the event's first anomaly to its alarm. */
const AROUND = 10 * MINUTE
/** What has lived for longer than this has little to do with what began just now. */
const MAX_LIFE = 1440 * MINUTE
/** Read on each side of the event, of all events and of those of its source; when all rings, the nearest tell enough. */
const MAX_READ = 100
export const MAX_AROUND = 8

export const beginningOf = ({ began_at, detected_at }: Pick<StoredEvent, 'began_at' | 'detected_at'>): number =>
  Date.parse(began_at ?? detected_at)

/** Events that lived within ten minutes of an event's beginning: of its source first, the worst, then the nearest. */
export function eventsAround({ events, series }: Stores, event: StoredEvent): Facts['events_around'] {
  const began = beginningOf(event)
  const detected = Date.parse(event.detected_at)
  const span = { from: began - MAX_LIFE, to: detected + AROUND }
  const seriesIds = series.ofSource(event.source, { drill: event.drill }).map(({ id }) => id)
  const found = new Map(
    [...events.near(detected, { ...span, seriesIds }, MAX_READ), ...events.near(detected, span, MAX_READ)].map(
      (other) => [other.id, other],
    ),
  )
  // Of its own rule and series are the earlier ones, which stand by themselves.
  const isAnother = (other: StoredEvent) => other.series_id !== event.series_id || other.rule_name !== event.rule_name
  const lived = (other: StoredEvent) =>
    isAnother(other) &&
    other.drill === event.drill &&
    beginningOf(other) <= detected + AROUND &&
    (other.resolved_at === null || Date.parse(other.resolved_at) >= began - AROUND)
  return [...found.values()]
    .filter(lived)
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
      began_at: new Date(beginningOf(other)).toISOString(),
      seconds_after: Math.round((beginningOf(other) - began) / 1000),
    }))
}

export const MAX_EARLIER = 50
const MAX_LISTED = 5

/** Earlier events of the same rule and series, or of the series' other rules, where they were over before. */
export function earlierEvents({ events }: Stores, event: StoredEvent): Facts['earlier'] {
  const ofSeries = events.earlier(event, MAX_EARLIER)
  const ofRule = ofSeries.filter(({ rule_name }) => rule_name === event.rule_name)
  const began = beginningOf(event)
  const wereOver = ofSeries.filter(({ resolved_at }) => resolved_at !== null && Date.parse(resolved_at) < began)
  const like = ofRule.length > 0 ? ofRule : wereOver
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

/** Tocsin's own lines are no remarks. */
const lastComment = (events: Stores['events'], id: number): string | null =>
  events.timeline(id).findLast(({ who, comment }) => who !== TOCSIN && comment !== null)?.comment ?? null
