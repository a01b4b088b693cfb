// What was changed in rules.
import { desc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { RuleChange } from '../../../shared/schemas/rule-change.ts'
import { rule_changes } from './schema.ts'
import type { RuleChangeStore } from './store.ts'

export function createRuleChangeStore(orm: BetterSQLite3Database): RuleChangeStore {
  const changes = () => orm.select().from(rule_changes)
  return {
    ofRule: (ruleId) =>
      changes().where(eq(rule_changes.rule_id, ruleId)).orderBy(desc(rule_changes.id)).all().map(changeOf),
    get(id) {
      const row = changes().where(eq(rule_changes.id, id)).get()
      return row && changeOf(row)
    },
    insert: (change) =>
      changeOf(
        orm
          .insert(rule_changes)
          .values({ ...change, at: Date.parse(change.at) })
          .returning()
          .get(),
      ),
    markUndone(id, at) {
      orm
        .update(rule_changes)
        .set({ undone_at: Date.parse(at) })
        .where(eq(rule_changes.id, id))
        .run()
    },
  }
}

const changeOf = (row: typeof rule_changes.$inferSelect): RuleChange => ({
  ...row,
  at: new Date(row.at).toISOString(),
  undone_at: row.undone_at === null ? null : new Date(row.undone_at).toISOString(),
})
