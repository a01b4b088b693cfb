// The history of rule changes, limited to the newest changes of each rule.
import { and, desc, eq, lte } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { RuleChange } from '../../../../shared/schemas/rule-change.ts'
import { isoOrNull } from '../sqlite/rows.ts'
import { rule_changes } from '../sqlite/schema/rules.ts'
import type { RuleChangeStore } from '../types/rules.ts'

/** A script may switch a rule every minute. */
const MAX_CHANGES = 200

export function createRuleChangeStore(orm: BetterSQLite3Database): RuleChangeStore {
  const changes = () => orm.select().from(rule_changes)
  return {
    ofRule: (ruleId) =>
      changes().where(eq(rule_changes.rule_id, ruleId)).orderBy(desc(rule_changes.id)).all().map(changeOf),
    get(id) {
      const row = changes().where(eq(rule_changes.id, id)).get()
      return row && changeOf(row)
    },
    insert(change) {
      const ofRule = eq(rule_changes.rule_id, change.rule_id)
      const tooOld = changes()
        .where(ofRule)
        .orderBy(desc(rule_changes.id))
        .limit(1)
        .offset(MAX_CHANGES - 1)
        .get()
      if (tooOld)
        orm
          .delete(rule_changes)
          .where(and(ofRule, lte(rule_changes.id, tooOld.id)))
          .run()
      const row = orm.insert(rule_changes).values({ ...change, at: Date.parse(change.at) })
      return changeOf(row.returning().get())
    },
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
  at: toIso(row.at),
  undone_at: isoOrNull(row.undone_at),
})
