// The tables of the events, with their timelines, their counts and the change log.
import { isNotNull } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Side } from '../../../../../shared/domain/side.ts'
import type { AnyChange } from '../../../../../shared/schemas/change.ts'
import type { Resolution, Severity, SilencedBy, Status, TimelineEntry } from '../../../../../shared/schemas/event.ts'
import type { SeriesFeedback } from '../../types/feedback.ts'
import { id } from './columns.ts'
import { series } from './samples.ts'
import { rules } from './rules.ts'

export const events = sqliteTable(
  'events',
  {
    id: id(),
    // An event outlives its rule, which is why it keeps the name.
    rule_id: integer('rule_id').references(() => rules.id, { onDelete: 'set null' }),
    rule_name: text('rule_name').notNull(),
    series_id: integer('series_id')
      .notNull()
      .references(() => series.id),
    last_sample_id: integer('last_sample_id').notNull(),
    server_id: integer('server_id'),
    unit: text('unit'),
    method: text('method').notNull(),
    value: real('value').notNull(),
    score: real('score').notNull(),
    figure: real('figure'),
    lower: real('lower'),
    upper: real('upper'),
    history_count: integer('history_count'),
    severity: text('severity').$type<Severity>().notNull(),
    status: text('status').$type<Status>().notNull(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    began_at: integer('began_at'),
    detected_at: integer('detected_at').notNull(),
    last_seen_at: integer('last_seen_at').notNull(),
    occurrences: integer('occurrences').notNull(),
    peak_value: real('peak_value').notNull(),
    // Rows from before these columns have none: the side is filled in by the migration, the others by what comes next.
    peak_at: integer('peak_at'),
    side: text('side').$type<Side>().notNull().default('above'),
    current_value: real('current_value'),
    notified_at: integer('notified_at'),
    acknowledged_at: integer('acknowledged_at'),
    acknowledged_by: text('acknowledged_by'),
    // A person has confirmed that it is real; what one merely acknowledged need not be.
    confirmed_at: integer('confirmed_at'),
    confirmed_by: text('confirmed_by'),
    resolved_at: integer('resolved_at'),
    resolved_by: text('resolved_by'),
    resolution: text('resolution').$type<Resolution>(),
    // Since when each anomaly has been critical by its score; null while the newest is not.
    critical_since: integer('critical_since'),
    // When it was raised, by this machine's clock; the others that begin it are by its samples.
    raised_at: integer('raised_at'),
    incident_id: integer('incident_id').notNull(),
    flapping: integer('flapping', { mode: 'boolean' }).notNull().default(false),
    silenced_by: text('silenced_by').$type<SilencedBy>(),
    silence_id: integer('silence_id'),
    silenced_until: integer('silenced_until'),
  },
  (table) => [
    index('events_by_rule').on(table.rule_id, table.series_id, table.detected_at),
    // Each of these holds all that a list filters by, in the list's order, so that only the rows of a page are read.
    index('events_by_time').on(table.detected_at, table.id, table.status, table.severity, table.series_id),
    index('events_by_state').on(table.status, table.severity, table.detected_at, table.id, table.series_id),
    index('events_by_incident').on(table.incident_id, table.status),
    index('events_by_silenced')
      .on(table.status, table.severity, table.detected_at, table.id, table.series_id, table.silenced_by)
      .where(isNotNull(table.silenced_by)),
    index('events_by_series').on(table.series_id, table.detected_at, table.id, table.status, table.severity),
  ],
)

/**
 * How many events were detected within a span of so many milliseconds (a quarter of an hour, a day), by each of their
 * keys: the view `event_keys` says which, and triggers on `events` keep them, so a migration that makes that table anew
 * must make its triggers anew. Never 0.
 */
export const event_counts = sqliteTable(
  'event_counts',
  {
    dimension: text('dimension').notNull(),
    span: integer('span').notNull(),
    start: integer('start').notNull(),
    key: text('key').notNull(),
    events: integer('events').notNull(),
  },
  (table) => [primaryKey({ columns: [table.dimension, table.span, table.start, table.key] })],
)

export const timeline = sqliteTable(
  'timeline',
  {
    id: id(),
    event_id: integer('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    at: integer('at').notNull(),
    kind: text('kind').$type<TimelineEntry['kind']>().notNull(),
    who: text('who').notNull(),
    comment: text('comment'),
  },
  (table) => [index('timeline_by_event').on(table.event_id)],
)

/** The last change of each event that can be undone: what it changed, before and after. */
export const event_undos = sqliteTable('event_undos', {
  event_id: integer('event_id')
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  at: integer('at').notNull(),
  kind: text('kind').$type<TimelineEntry['kind']>().notNull(),
  who: text('who').notNull(),
  before: text('before').notNull(),
  after: text('after').notNull(),
})

/** Feedback on events, until the watches of their series have applied it. */
export const feedback = sqliteTable('feedback', {
  id: id(),
  rule_id: integer('rule_id')
    .notNull()
    .references(() => rules.id, { onDelete: 'cascade' }),
  series_id: integer('series_id')
    .notNull()
    .references(() => series.id, { onDelete: 'cascade' }),
  kind: text('kind').$type<SeriesFeedback['kind']>().notNull(),
})

export const changes = sqliteTable('changes', {
  id: id(),
  kind: text('kind').$type<AnyChange['kind']>().notNull(),
  event: text('event').notNull(),
})
