// What is asked of many events at once: live ones, those of a rule or a series, and counts.
import type { Database } from 'better-sqlite3'
import { DAY } from '../../../../shared/domain/time.ts'
import { SELECT_EVENTS, storedEvent, type EventRow } from './event-rows.ts'
import type { EventStore, FeedbackRow } from '../types/events.ts'

type EventQueries = Pick<
  EventStore,
  | 'openCriticals'
  | 'live'
  | 'liveOfRule'
  | 'liveOfSeries'
  | 'feedbackOfRule'
  | 'seriesOfRule'
  | 'drillsBefore'
  | 'liveIds'
  | 'silencedUpTo'
>

export function createEventQueries(client: Database): EventQueries {
  const liveDrills = client.prepare<[before: number], EventRow>(
    `${SELECT_EVENTS} WHERE status IN ('OPEN', 'ACKNOWLEDGED') AND detected_at < ? AND drill = 1
     ORDER BY detected_at, events.id`,
  )
  // Few are live, whereas a rule may have had many events.
  const liveOfRule = client.prepare<[rule: number | null], EventRow>(
    `${SELECT_EVENTS} WHERE status IN ('OPEN', 'ACKNOWLEDGED') AND +rule_id IS ? AND drill = 0 ORDER BY events.id`,
  )
  const liveOfSeries = client.prepare<[series: number], EventRow>(
    `${SELECT_EVENTS} WHERE series_id = ? AND status IN ('OPEN', 'ACKNOWLEDGED') ORDER BY events.id`,
  )
  const feedbackOfRule = client.prepare<[rule: number, from: number, to: number], FeedbackRow>(
    `SELECT series_id, ifnull(began_at, detected_at) AS began_at, last_seen_at,
       iif(status = 'FALSE_POSITIVE', 'false', 'confirmed') AS feedback
     FROM events JOIN series ON series.id = series_id
     WHERE rule_id = ? AND detected_at BETWEEN ? AND ? AND drill = 0
       AND (status = 'FALSE_POSITIVE' OR confirmed_at IS NOT NULL)
     ORDER BY began_at`,
  )
  const seriesOfRule = client
    .prepare<[rule: number, from: number, to: number, limit: number], number>(
      `SELECT series_id FROM events INDEXED BY events_by_rule JOIN series ON series.id = series_id
       WHERE rule_id = ? AND detected_at BETWEEN ? AND ? AND drill = 0
       GROUP BY series_id ORDER BY count(*) DESC, series_id LIMIT ?`,
    )
    .pluck()
  const live = client
    .prepare<[], number>(
      `SELECT count(*) FROM events CROSS JOIN series ON series.id = series_id
       WHERE status IN ('OPEN', 'ACKNOWLEDGED') AND drill = 0`,
    )
    .pluck()
  const liveIds = client
    .prepare<[], number>("SELECT id FROM events WHERE status IN ('OPEN', 'ACKNOWLEDGED') ORDER BY id")
    .pluck()
  const silencedUpTo = client
    .prepare<[time: number], number>(
      `SELECT id FROM events INDEXED BY events_by_silenced
       WHERE silenced_by IS NOT NULL AND status IN ('OPEN', 'ACKNOWLEDGED') AND silenced_until <= ? ORDER BY id`,
    )
    .pluck()
  // The days that have any, of all time.
  const openCriticals = client
    .prepare<[], number>(
      `SELECT ifnull(sum(events), 0) FROM event_counts
       WHERE dimension = 'open_critical' AND span = ${DAY} AND key = 'real'`,
    )
    .pluck()
  return {
    openCriticals: () => openCriticals.get() ?? 0,
    live: () => live.get() ?? 0,
    liveOfRule: (ruleId) => liveOfRule.all(ruleId).map(storedEvent),
    liveOfSeries: (seriesId) => liveOfSeries.all(seriesId).map(storedEvent),
    feedbackOfRule: (ruleId, from, to) => feedbackOfRule.all(ruleId, from, to),
    seriesOfRule: (ruleId, from, to, limit) => seriesOfRule.all(ruleId, from, to, limit),
    drillsBefore: (time) => liveDrills.all(time).map(storedEvent),
    liveIds: () => liveIds.all(),
    silencedUpTo: (time) => silencedUpTo.all(time),
  }
}
