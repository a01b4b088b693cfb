// The tables of the program itself: detectors' states, stored answers and settings.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { series } from './samples.ts'
import { rules } from './rules.ts'

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
