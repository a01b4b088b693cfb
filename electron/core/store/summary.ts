// The last hours in numbers. The database counts; only the name of a day comes from here, as SQLite knows no zones.
import type { Database } from 'better-sqlite3'
import type { Store } from './store.ts'

/** In every zone a day begins at a whole quarter of an hour in UTC, across daylight-saving changes too. */
const QUARTER_MS = 15 * 60_000

interface Counted {
  key: string
  events: number
}

export function createSummary(client: Database): Store['summary'] {
  const countBy = (column: string) =>
    client.prepare<[since: number], Counted>(
      `SELECT ${column} AS key, count(*) AS events FROM events CROSS JOIN series ON series.id = series_id
       WHERE detected_at >= ? GROUP BY ${column} ORDER BY ${column}`,
    )
  const byStatus = countBy('status')
  const bySeverity = countBy('severity')
  const byMetricType = countBy('metric_type')
  const byQuarter = client.prepare<[since: number], { quarter: number; events: number }>(
    `SELECT detected_at / ${QUARTER_MS} AS quarter, count(*) AS events FROM events
     WHERE detected_at >= ? GROUP BY quarter ORDER BY quarter`,
  )
  const totals = client.prepare<[since: number], { total: number; openCritical: number }>(
    `SELECT count(*) AS total, count(*) FILTER (WHERE status = 'OPEN' AND severity = 'CRITICAL') AS openCritical
     FROM events WHERE detected_at >= ?`,
  )
  const samples = client
    .prepare<[since: number], number>(
      'SELECT ifnull(sum(samples), 0) FROM sample_counts WHERE span = 60000 AND start + span > ?',
    )
    .pluck()

  function trend(since: number, timeZone: string) {
    const dayOf = dayIn(timeZone)
    const days: Record<string, number> = {}
    for (const { quarter, events } of byQuarter.all(since)) {
      const day = dayOf(quarter * QUARTER_MS)
      days[day] = (days[day] ?? 0) + events
    }
    return days
  }

  // Nothing is cut off at the end: what an agent's fast clock dated ahead is listed, so it is counted.
  return (since, tz) => {
    const { total = 0, openCritical = 0 } = totals.get(since) ?? {}
    return {
      total_events: total,
      by_status: record(byStatus.all(since)),
      by_severity: record(bySeverity.all(since)),
      by_metric_type: record(byMetricType.all(since)),
      daily_trend: trend(since, tz),
      metric_snapshots: samples.get(since) ?? 0,
      open_critical: openCritical,
    }
  }
}

const record = (rows: Counted[]) => Object.fromEntries(rows.map(({ key, events }) => [key, events]))

/** Names the local day of an instant: `2026-03-29`. */
function dayIn(timeZone: string) {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (time: number) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  }
}
