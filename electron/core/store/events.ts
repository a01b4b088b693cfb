// Events and their timelines. Source, metric type and drill are the series' own and stand there only.
import { and, asc, desc, eq, getTableColumns, gte, sql, type SQL } from 'drizzle-orm'
import type { TimelineEntry } from '../../../shared/schemas/event.ts'
import { notFound } from '../errors.ts'
import { contains, folded } from './catalog.ts'
import type { Database } from './database.ts'
import { events, series, timeline } from './schema.ts'
import type { EventFilter, EventStore, StoredEvent } from './store.ts'
import type { Transactions } from './transactions.ts'

type Row = typeof events.$inferSelect & { source: string; metric_type: string; drill: boolean | 0 | 1 }

const SELECT = `SELECT events.*, source, metric_type, drill FROM events CROSS JOIN series ON series.id = series_id`
const NEWEST = 'ORDER BY detected_at DESC, events.id DESC LIMIT 1'

export function createEventStore({ client, orm }: Database, { transaction }: Transactions): EventStore {
  const byId = client.prepare<[id: number], Row>(`${SELECT} WHERE events.id = ?`)
  const newest = client.prepare<[rule: number, series: number], Row>(
    `${SELECT} WHERE rule_id = ? AND series_id = ? AND drill = 0 ${NEWEST}`,
  )
  const newestOfSource = client.prepare<[from: number, to: number, source: string, drill: number], Row>(
    `${SELECT} WHERE detected_at BETWEEN ? AND ? AND source = ? AND drill = ? ${NEWEST}`,
  )
  const liveDrills = client.prepare<[before: number], Row>(
    `${SELECT} WHERE status IN ('OPEN', 'ACKNOWLEDGED') AND detected_at < ? AND drill = 1 ORDER BY detected_at, events.id`,
  )
  const live = client
    .prepare<[], number>("SELECT count(*) FROM events WHERE status IN ('OPEN', 'ACKNOWLEDGED')")
    .pluck()
  const openCriticals = client
    .prepare<[], number>(
      `SELECT count(*) FROM events CROSS JOIN series ON series.id = series_id
       WHERE status = 'OPEN' AND severity = 'CRITICAL' AND drill = 0`,
    )
    .pluck()
  const update = client.prepare<Patchable>(
    `UPDATE events SET severity = @severity, status = @status, last_seen_at = @last_seen_at,
       last_sample_id = @last_sample_id, occurrences = @occurrences, peak_value = @peak_value, score = @score,
       acknowledged_at = @acknowledged_at, acknowledged_by = @acknowledged_by,
       resolved_at = @resolved_at, resolved_by = @resolved_by
     WHERE id = @id`,
  )

  const gather = client.prepare<[occurrences: number, lastSeen: number, lastSample: number, peak: number, id: number]>(
    'UPDATE events SET occurrences = ?, last_seen_at = ?, last_sample_id = ?, peak_value = ? WHERE id = ?',
  )
  let edition = 0

  function get(id: number) {
    const event = optional(byId.get(id))
    if (!event) throw notFound('event', id)
    return event
  }

  return {
    insert: (event) =>
      transaction(() => {
        const own = event.incident_id === null
        const { id } = orm
          .insert(events)
          .values({
            ...event,
            rule_id: stillThere(event.rule_id),
            incident_id: event.incident_id ?? 0,
            ...timesIn(event),
          })
          .returning({ id: events.id })
          .get()
        if (own) orm.update(events).set({ incident_id: id }).where(eq(events.id, id)).run()
        return get(id)
      }),
    update(id, patch) {
      edition++
      const event = { ...get(id), ...patch }
      update.run({ ...event, ...timesIn(event) })
      return event
    },
    edition: () => edition,
    gather(id, { occurrences, last_seen_at, last_sample_id, peak_value }) {
      gather.run(occurrences, Date.parse(last_seen_at), last_sample_id, peak_value, id)
    },
    get: (id) => optional(byId.get(id)),
    newest: (ruleId, seriesId) => optional(newest.get(ruleId, seriesId)),
    newestOfSource: (source, drill, from, to) => optional(newestOfSource.get(from, to, source, drill ? 1 : 0)),
    list: (filter) =>
      orm
        .select({
          ...getTableColumns(events),
          source: series.source,
          metric_type: series.metric_type,
          drill: series.drill,
        })
        .from(events)
        .innerJoin(series, eq(series.id, events.series_id))
        .where(and(...conditionsOf(filter)))
        .orderBy(desc(events.detected_at), desc(events.id))
        .limit(filter.limit)
        .offset(filter.offset)
        .all()
        .map(storedEvent),
    openCriticals: () => openCriticals.get() ?? 0,
    live: () => live.get() ?? 0,
    drillsBefore: (time) => liveDrills.all(time).map(storedEvent),
    addToTimeline: (eventId, entry) =>
      void orm
        .insert(timeline)
        .values({ ...entry, event_id: eventId, at: Date.parse(entry.at) })
        .run(),
    timeline: (eventId) =>
      orm.select().from(timeline).where(eq(timeline.event_id, eventId)).orderBy(asc(timeline.id)).all().map(lineOf),
  }
}

const conditionsOf = ({ since, status, severity, source, metricType }: EventFilter): (SQL | undefined)[] => [
  gte(events.detected_at, since),
  status && eq(events.status, status),
  severity && eq(events.severity, severity),
  source === undefined ? undefined : contains(series.source_folded, source),
  metricType === undefined ? undefined : eq(series.metric_type_folded, folded(metricType)),
]

/** The rule may have been deleted while its detector judged. */
const stillThere = (ruleId: number | null) => sql`(SELECT id FROM rules WHERE id = ${ruleId})`

type Times = Pick<StoredEvent, 'detected_at' | 'last_seen_at' | 'acknowledged_at' | 'resolved_at'>
type Patchable = Omit<StoredEvent, keyof Times> & ReturnType<typeof timesIn>

const millisOf = (instant: string | null) => (instant === null ? null : Date.parse(instant))
const instantOf = (millis: number | null) => (millis === null ? null : new Date(millis).toISOString())

const timesIn = (event: Times) => ({
  detected_at: Date.parse(event.detected_at),
  last_seen_at: Date.parse(event.last_seen_at),
  acknowledged_at: millisOf(event.acknowledged_at),
  resolved_at: millisOf(event.resolved_at),
})

const storedEvent = (row: Row): StoredEvent => ({
  ...row,
  detected_at: new Date(row.detected_at).toISOString(),
  last_seen_at: new Date(row.last_seen_at).toISOString(),
  acknowledged_at: instantOf(row.acknowledged_at),
  resolved_at: instantOf(row.resolved_at),
  drill: Boolean(row.drill),
})

const optional = (row: Row | undefined) => row && storedEvent(row)

const lineOf = ({ id, at, kind, who, comment }: typeof timeline.$inferSelect): TimelineEntry => ({
  id,
  at: new Date(at).toISOString(),
  kind,
  who,
  comment,
})
