// Incidents, read from the events that they consist of.
import type { Database } from 'better-sqlite3'
import { DAY, HOUR, MINUTE } from '../../../../shared/domain/time.ts'
import { SEVERITIES } from '../../../../shared/schemas/event.ts'
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import { rememberStatements } from '../sqlite/statements.ts'
import { addTextSearch, HAS_WORDS, wordsOf } from './event-text.ts'
import type { IncidentMember, IncidentRow, IncidentStore } from '../types/incidents.ts'

const LIVE = "('OPEN', 'ACKNOWLEDGED')"
const BEGAN = 'ifnull(began_at, detected_at)'
const ENDED = 'ifnull(resolved_at, last_seen_at)'
const RANK = `CASE severity ${SEVERITIES.map((severity, rank) => `WHEN '${severity}' THEN ${rank}`).join(' ')} END`

/**
 * Whether an event says when its incident began: what is known later than an hour after the first one doesn't. Of those
 * that were raised by earlier versions, all do.
 */
const SAYS_ONSET = `ifnull(events.raised_at <= ${HOUR} +
    (SELECT first.raised_at FROM events AS first WHERE first.id = events.incident_id), 1)`

/** What is merely unusual is critical if it is so on this many sources, or by its score for so long. */
const BROAD = 3
const CRITICAL_AFTER = 30 * MINUTE

/** Of the events that a condition leaves. Nobody has to act on an INFO, however many there are. */
const rankOf = (condition: string) => `max(
    ifnull(max(iif(${condition}, iif(last_seen_at - critical_since >= ${CRITICAL_AFTER}, 2, ${RANK}), NULL)), 0),
    iif(count(DISTINCT iif(${condition} AND severity <> 'INFO' AND NOT drill, source, NULL)) >= ${BROAD}, 2, 0))`

/** Events of a source that are looked at for its companions. */
const MAX_EXAMINED = 300

/** One row an incident. `rank` is the place of its severity among SEVERITIES. */
const SUMMARY = `SELECT incident_id AS id, min(iif(${SAYS_ONSET}, ${BEGAN}, NULL)) AS began_at,
    iif(sum(status IN ${LIVE}) > 0, NULL, max(${ENDED})) AS ended_at,
    iif(sum(status IN ${LIVE}) > 0, ${rankOf(`status IN ${LIVE}`)}, ${rankOf('1')}) AS rank,
    sum(status = 'OPEN') AS open, sum(status = 'ACKNOWLEDGED') AS acknowledged,
    count(*) AS events, count(DISTINCT series_id) AS series, count(DISTINCT source) AS sources, max(drill) AS drill
  FROM events CROSS JOIN series ON series.id = series_id`

type SummaryRow = Omit<IncidentRow, 'severity' | 'drill'> & { rank: number; drill: 0 | 1 }

export function createIncidentStore(client: Database): IncidentStore {
  const isLive = client
    .prepare<[id: number], 1>(
      `SELECT 1 FROM events INDEXED BY events_by_incident WHERE incident_id = ? AND status IN ${LIVE} LIMIT 1`,
    )
    .pluck()
  const newestEnd = client.prepare<[id: number], { ended: number; by: string | null }>(
    `SELECT ${ENDED} AS ended, resolved_by AS by FROM events INDEXED BY events_by_incident
     WHERE incident_id = ? AND status NOT IN ${LIVE} ORDER BY ${ENDED} DESC LIMIT 1`,
  )
  const recent = client.prepare<[since: number], Omit<IncidentMember, 'drill'> & { drill: 0 | 1 }>(
    `SELECT incident_id AS incidentId, source, drill, ${BEGAN} AS beganAt, ifnull(raised_at, detected_at) AS raisedAt
     FROM events CROSS JOIN series ON series.id = series_id
     WHERE incident_id IN (
       SELECT incident_id FROM events WHERE status IN ${LIVE}
       UNION SELECT incident_id FROM events INDEXED BY events_by_time WHERE detected_at >= ?)
     ORDER BY raisedAt, events.id`,
  )
  const companions = client
    .prepare<[source: string, since: number, limit: number], string>(
      `WITH own AS (
         SELECT incident_id, ${BEGAN} AS began, detected_at / ${DAY} AS day FROM series CROSS JOIN events ON series_id = series.id
         WHERE source = ? AND drill = 0 AND detected_at >= ? ORDER BY detected_at DESC LIMIT ?)
       SELECT other.source FROM own
       CROSS JOIN events INDEXED BY events_by_incident ON events.incident_id = own.incident_id
       CROSS JOIN series AS other ON other.id = events.series_id
       WHERE abs(${BEGAN} - own.began) <= ${10 * MINUTE}
       GROUP BY other.source
       HAVING count(DISTINCT day) >= 2 AND 2 * count(DISTINCT own.incident_id) >= (SELECT count(DISTINCT incident_id) FROM own)`,
    )
    .pluck()
  const byId = client.prepare<[id: number], SummaryRow>(`${SUMMARY} WHERE incident_id = ? GROUP BY incident_id`)
  const ids = (condition: string) =>
    client
      .prepare<[id: number, limit: number], number>(
        `SELECT id FROM events INDEXED BY events_by_incident WHERE incident_id = ? ${condition}
         ORDER BY ${SAYS_ONSET} DESC, ${BEGAN}, id LIMIT ?`,
      )
      .pluck()
  const members = ids('')
  const liveMembers = ids(`AND status IN ${LIVE}`)
  const pageOf = createPages(client)

  return {
    state(id) {
      const newest = newestEnd.get(id)
      return {
        isLive: isLive.get(id) === 1,
        endedAt: newest?.ended ?? 0,
        endedByPerson: newest !== undefined && newest.by !== null && newest.by !== TOCSIN,
      }
    },
    recent: (since) => recent.all(since).map((row) => ({ ...row, drill: row.drill === 1 })),
    companionsOf: (source, since) => companions.all(source, since, MAX_EXAMINED).filter((other) => other !== source),
    list: pageOf,
    get(id) {
      const row = byId.get(id)
      return row && incidentRow(row)
    },
    memberIds: (id, limit) => members.all(id, limit),
    liveMemberIds: (id) => liveMembers.all(id, -1),
  }
}

/** Incidents of which some event is live, or was detected since. */
function createPages(client: Database): IncidentStore['list'] {
  addTextSearch(client)
  const prepared = rememberStatements(client)
  return ({ isLive: live, text, since, limit, offset }) => {
    const all = incidentsBy(live, text !== undefined)
    const values = { since, limit, offset, words: wordsOf(text ?? '') }
    const rows = prepared<SummaryRow & { total: number }>(
      `SELECT *, count(*) OVER () AS total FROM (${all})
       ORDER BY ended_at IS NOT NULL, iif(ended_at IS NULL, -rank, 0), iif(ended_at IS NULL, began_at, -began_at), id
       LIMIT @limit OFFSET @offset`,
    ).all(values)
    const total =
      rows[0]?.total ?? prepared<{ total: number }>(`SELECT count(*) AS total FROM (${all})`).get(values)!.total
    return { total, rows: rows.map(incidentRow) }
  }
}

function incidentsBy(live: boolean | undefined, byText: boolean): string {
  const which = [`SELECT incident_id FROM events WHERE status IN ${LIVE}`]
  if (live !== true) which.push('SELECT incident_id FROM events INDEXED BY events_by_time WHERE detected_at >= @since')
  const ids = which.join(' UNION ')
  const named = `SELECT incident_id FROM events INDEXED BY events_by_incident WHERE incident_id IN (${ids}) AND ${HAS_WORDS}`
  const having = live === undefined ? '' : `HAVING ended_at IS ${live ? '' : 'NOT'} NULL`
  return `${SUMMARY} WHERE incident_id IN (${byText ? named : ids}) GROUP BY incident_id ${having}`
}

const incidentRow = ({ rank, drill, ...row }: SummaryRow): IncidentRow => {
  const { id, began_at, ended_at, open, acknowledged, events, series, sources } = row
  const severity = SEVERITIES[rank] ?? 'INFO'
  return { id, began_at, ended_at, severity, open, acknowledged, events, series, sources, drill: drill === 1 }
}
