// The tables of the rules: what evaluates, what was changed in it, and what silences its events.
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Severity } from '../../../../../shared/schemas/event.ts'
import type { Operator, Rule, RulePatch } from '../../../../../shared/schemas/rule.ts'
import { id } from './columns.ts'

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
