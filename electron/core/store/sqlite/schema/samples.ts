// The tables of the samples: their series, the head log, the tiers of blocks and the counts.
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id } from './columns.ts'

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
