// The tables. drizzle-kit makes the migrations in resources/migrations from this file (`npm run migrations`).
// Times are milliseconds since 1970 in UTC. Keys carry the columns' own names, so that a row looks the same whether
// drizzle or a prepared statement reads it.
import { isNotNull } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Side } from '../../../../shared/domain/side.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { Resolution, Severity, SilencedBy, Status, TimelineEntry } from '../../../../shared/schemas/event.ts'
import type { Operator, Rule, RulePatch } from '../../../../shared/schemas/rule.ts'
import type { SeriesFeedback } from '../types/feedback.ts'

/** AUTOINCREMENT: an id is never given a second time, not even after its row was removed. */
const id = () => integer('id').primaryKey({ autoIncrement: true })

export const series = sqliteTable(
  'series',
  {
    id: id(),
    source: text('source').notNull(),
    metric_type: text('metric_type').notNull(),
    drill: integer('drill', { mode: 'boolean' }).notNull(),
    // For search in any case: SQLite's own lower() knows ASCII only.
    source_folded: text('source_folded').notNull(),
    metric_type_folded: text('metric_type_folded').notNull(),
    unit: text('unit'),
    last_value: real('last_value').notNull(),
    last_time: integer('last_time').notNull(),
    last_sample_id: integer('last_sample_id').notNull(),
    count: integer('count').notNull(),
    // What stands above is as of this sample; those after it are in the head log.
    cold_up_to: integer('cold_up_to').notNull().default(0),
  },
  (table) => [uniqueIndex('series_by_name').on(table.source, table.metric_type, table.drill)],
)

/** The head log: one row for each commit, with all of its samples. */
export const log = sqliteTable('log', {
  first_id: integer('first_id').primaryKey(),
  last_id: integer('last_id').notNull(),
  data: blob('data', { mode: 'buffer' }).notNull(),
})

/**
 * The tiers of blocks: one row for a segment of one series. Tier 0 holds samples, 1 and 2 hold rollups by minute and by hour.
 * The index on the series carries all that a coarse look needs, so that it need not read the data.
 */
export const blocks = sqliteTable(
  'blocks',
  {
    id: integer('id').primaryKey(),
    series_id: integer('series_id')
      .notNull()
      .references(() => series.id),
    tier: integer('tier').notNull(),
    late: integer('late').notNull(),
    first_id: integer('first_id').notNull(),
    last_id: integer('last_id').notNull(),
    from_time: integer('from_time').notNull(),
    to_time: integer('to_time').notNull(),
    count: integer('count').notNull(),
    minimum: real('minimum').notNull(),
    maximum: real('maximum').notNull(),
    total: real('total').notNull(),
    data: blob('data', { mode: 'buffer' }).notNull(),
  },
  (table) => [
    index('blocks_by_series').on(
      table.series_id,
      table.to_time,
      table.from_time,
      table.tier,
      table.count,
      table.minimum,
      table.maximum,
      table.total,
    ),
    index('blocks_by_time').on(table.tier, table.to_time),
  ],
)

/** How many samples carry a time within a span of so many milliseconds. */
export const sample_counts = sqliteTable(
  'sample_counts',
  {
    span: integer('span').notNull(),
    start: integer('start').notNull(),
    samples: integer('samples').notNull(),
  },
  (table) => [primaryKey({ columns: [table.span, table.start] })],
)

export const rules = sqliteTable('rules', {
  id: id(),
  revision: integer('revision').notNull(),
  name: text('name').notNull().unique('rules_by_name'),
  description: text('description'),
  source: text('source').notNull(),
  metric_type: text('metric_type').notNull(),
  method: text('method').notNull(),
  z_threshold: real('z_threshold').notNull(),
  iqr_factor: real('iqr_factor').notNull(),
  threshold: real('threshold'),
  operator: text('operator').$type<Operator>().notNull(),
  min_samples: integer('min_samples').notNull(),
  severity: text('severity').$type<Severity>(),
  is_active: integer('is_active', { mode: 'boolean' }).notNull(),
  for_seconds: integer('for_seconds').notNull(),
  cooldown_seconds: integer('cooldown_seconds').notNull(),
  resolve_seconds: integer('resolve_seconds').notNull().default(300),
  resolve_samples: integer('resolve_samples'),
  recovery_score: real('recovery_score').notNull().default(0.4),
  params: text('params', { mode: 'json' }).$type<Rule['params']>().notNull(),
  created_at: integer('created_at').notNull(),
  updated_at: integer('updated_at').notNull(),
})

/** What was changed in a rule, so that it can be undone. */
export const rule_changes = sqliteTable(
  'rule_changes',
  {
    id: id(),
    rule_id: integer('rule_id')
      .notNull()
      .references(() => rules.id, { onDelete: 'cascade' }),
    at: integer('at').notNull(),
    who: text('who').notNull(),
    reason: text('reason').notNull(),
    before: text('before', { mode: 'json' }).$type<RulePatch>().notNull(),
    after: text('after', { mode: 'json' }).$type<RulePatch>().notNull(),
    undone_at: integer('undone_at'),
  },
  (table) => [index('rule_changes_by_rule').on(table.rule_id)],
)

/** Silences: events that match are kept and don't notify. */
export const silences = sqliteTable(
  'silences',
  {
    id: id(),
    source: text('source').notNull(),
    metric_type: text('metric_type').notNull(),
    rule_id: integer('rule_id').references(() => rules.id, { onDelete: 'cascade' }),
    severity: text('severity').$type<Severity>(),
    from_time: integer('from_time').notNull(),
    to_time: integer('to_time').notNull(),
    comment: text('comment').notNull(),
    created_by: text('created_by').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (table) => [index('silences_by_end').on(table.to_time)],
)

/** Quiet again and again: on days of the week, from a local time on, in a time zone. */
export const maintenance_windows = sqliteTable('maintenance_windows', {
  id: id(),
  name: text('name').notNull(),
  source: text('source').notNull(),
  metric_type: text('metric_type').notNull(),
  rule_id: integer('rule_id').references(() => rules.id, { onDelete: 'cascade' }),
  severity: text('severity').$type<Severity>(),
  days: text('days', { mode: 'json' }).$type<number[]>().notNull(),
  start: text('start').notNull(),
  minutes: integer('minutes').notNull(),
  time_zone: text('time_zone').notNull(),
  is_active: integer('is_active', { mode: 'boolean' }).notNull(),
  created_by: text('created_by').notNull(),
  created_at: integer('created_at').notNull(),
})

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
    // A person has said that it is real; what one merely acknowledged need not be.
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

/** What people said of events, until the watches of their series have heard it. */
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
  kind: text('kind').$type<Change['kind']>().notNull(),
  event: text('event').notNull(),
})

export const states = sqliteTable(
  'states',
  {
    rule_id: integer('rule_id')
      .notNull()
      .references(() => rules.id, { onDelete: 'cascade' }),
    series_id: integer('series_id')
      .notNull()
      .references(() => series.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    last_sample_id: integer('last_sample_id').notNull(),
    state: text('state').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rule_id, table.series_id] }), index('states_by_series').on(table.series_id)],
)

export const answers = sqliteTable(
  'answers',
  {
    path: text('path').notNull(),
    key: text('key').notNull(),
    digest: text('digest').notNull(),
    answer: text('answer').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.path, table.key] }), index('answers_by_time').on(table.at)],
)

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
