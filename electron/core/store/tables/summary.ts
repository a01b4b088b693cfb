// The summary of the last hours, from counters that are kept in the transactions of events and samples. Live events count
// whatever their age. Only the names of days are computed here, since SQLite has no time zones.
import type { Database } from 'better-sqlite3'
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { Summary } from '../../../../shared/schemas/summary.ts'
import type { Catalog } from '../series/catalog.ts'
import type { Store } from '../types/store.ts'

const LIVE = "'OPEN', 'ACKNOWLEDGED'"

/** In every time zone, a day begins at a full quarter of an hour in UTC, across daylight-saving changes too. */
const QUARTER = 15 * MINUTE

/** No local day is as long as this. */
const LONGER_THAN_A_DAY = DAY + 8 * QUARTER

/** The time after `since` in three parts: up to the first full quarter, quarters up to the first full day, and days. */
interface Pieces {
  since: number
  firstQuarter: number
  firstDay: number
}

interface Counted {
  key: string
  events: number
}

/** @param catalog knows which series are those of drills */
export function createSummary(client: Database, catalog: Pick<Catalog, 'heads'>): Store['summary'] {
  const byKey = client.prepare<[{ dimension: string } & Pieces], Counted>(
    `SELECT key, sum(events) AS events FROM (
       SELECT key, 1 AS events FROM event_keys
       WHERE detected_at >= @since AND detected_at < @firstQuarter AND dimension = @dimension AND span = ${DAY}
       UNION ALL
       SELECT key, events FROM event_counts
       WHERE dimension = @dimension AND span = ${QUARTER} AND start >= @firstQuarter AND start < @firstDay
       UNION ALL
       SELECT key, events FROM event_counts WHERE dimension = @dimension AND span = ${DAY} AND start >= @firstDay
       UNION ALL
       SELECT key, 1 AS events FROM event_keys
       WHERE dimension = @dimension AND span = ${DAY} AND id IN (
         SELECT id FROM events INDEXED BY events_by_state WHERE status IN (${LIVE}) AND detected_at < @since)
     ) GROUP BY key ORDER BY key`,
  )
  // There are few series of drills.
  const ofDrills = client.prepare<[{ series: string; since: number }], Summary['drills']>(
    `SELECT count(*) AS total_events, count(*) FILTER (WHERE status IN (${LIVE})) AS live,
       count(*) FILTER (WHERE status = 'OPEN' AND severity = 'CRITICAL' AND silenced_by IS NULL) AS open_critical
     FROM events INDEXED BY events_by_series
     WHERE series_id IN (SELECT value FROM json_each(@series)) AND (detected_at >= @since OR status IN (${LIVE}))`,
  )
  // Each event has one severity, so the counts by severity add up to all events.
  const byQuarter = client.prepare<[Pieces], { start: number; events: number }>(
    `SELECT start, sum(events) AS events FROM (
       SELECT @firstQuarter - ${QUARTER} AS start, count(*) AS events FROM events
       WHERE detected_at >= @since AND detected_at < @firstQuarter HAVING count(*) > 0
       UNION ALL
       SELECT start, events FROM event_counts
       WHERE dimension = 'severity' AND span = ${QUARTER} AND start >= @firstQuarter
     ) GROUP BY start ORDER BY start`,
  )
  const samples = client
    .prepare<[{ firstMinute: number; firstDay: number }], number>(
      `SELECT ifnull(sum(samples), 0) FROM sample_counts
       WHERE (span = ${MINUTE} AND start >= @firstMinute AND start < @firstDay)
          OR (span = ${DAY} AND start >= @firstDay)`,
    )
    .pluck()

  function samplesSince(since: number) {
    const firstMinute = Math.floor(since / MINUTE) * MINUTE
    return samples.get({ firstMinute, firstDay: firstAfter(firstMinute, DAY) }) ?? 0
  }

  function drillsSince(since: number) {
    const series = [...catalog.heads()].filter(({ drill }) => drill).map(({ id }) => id)
    return ofDrills.get({ series: JSON.stringify(series), since })!
  }

  // There is no upper bound: samples that an agent's fast clock dated in the future are listed, so they are counted.
  return (since, tz) => {
    const firstQuarter = firstAfter(since, QUARTER)
    const pieces = { since, firstQuarter, firstDay: firstAfter(firstQuarter, DAY) }
    const countBy = (dimension: string) => byKey.all({ dimension, ...pieces })
    const bySeverity = countBy('severity')
    return {
      total_events: total(bySeverity),
      by_status: record(countBy('status')),
      by_severity: record(bySeverity),
      by_metric_type: record(countBy('metric_type')),
      daily_trend: trend(byQuarter.all(pieces), tz),
      metric_snapshots: samplesSince(since),
      open_critical: total(countBy('open_critical')),
      drills: drillsSince(since),
    }
  }
}

/** The first full span that begins at `time` or later. */
const firstAfter = (time: number, span: number) => Math.ceil(time / span) * span

const record = (rows: Counted[]) => Object.fromEntries(rows.map(({ key, events }) => [key, events]))

const total = (rows: Counted[]) => rows.reduce((sum, { events }) => sum + events, 0)

/** Counts by local day; the quarters come in order of time. */
function trend(quarters: { start: number; events: number }[], timeZone: string) {
  const nameOf = dayIn(timeZone)
  const days: Record<string, number> = {}
  let [day, end] = ['', -Infinity]
  for (const { start, events } of quarters) {
    if (start >= end) {
      day = nameOf(start)
      end = endOf(day, start, nameOf)
    }
    days[day] = (days[day] ?? 0) + events
  }
  return days
}

/** The first quarter after a local day, by binary search, since naming a day takes longer than anything else here. */
function endOf(day: string, within: number, nameOf: (time: number) => string): number {
  let [inside, outside] = [within, within + LONGER_THAN_A_DAY]
  while (outside - inside > QUARTER) {
    const middle = inside + Math.floor((outside - inside) / QUARTER / 2) * QUARTER
    if (nameOf(middle) === day) inside = middle
    else outside = middle
  }
  return outside
}

/** Returns a function that names the local day of a time: `2026-03-29`. */
function dayIn(timeZone: string) {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (time: number) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  }
}
