// Rules: few and rarely touched.
import { asc, eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { RulePatch } from '../../../../shared/schemas/rule.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { rules } from '../sqlite/schema/rules.ts'
import type { RuleStore, StoredRule } from '../types/rules.ts'

export function createRuleStore(orm: BetterSQLite3Database): RuleStore {
  return {
    all: () => orm.select().from(rules).orderBy(asc(rules.id)).all().map(storedRule),
    get: (id) => optional(orm.select().from(rules).where(eq(rules.id, id)).get()),
    byName: (name) => optional(orm.select().from(rules).where(eq(rules.name, name)).get()),
    insert: (rule, at) =>
      rejectingTakenName(rule.name, () =>
        storedRule(
          orm
            .insert(rules)
            .values({ ...rule, revision: 1, created_at: at, updated_at: at })
            .returning()
            .get(),
        ),
      ),
    update(id, patch, at) {
      const row = rejectingTakenName(patch.name, () =>
        orm
          .update(rules)
          .set({ ...patch, ...(changesEvaluation(patch) && { revision: sql`${rules.revision} + 1` }), updated_at: at })
          .where(eq(rules.id, id))
          .returning()
          .get(),
      )
      if (!row) throw notFound('rule', id)
      return storedRule(row)
    },
    remove(id) {
      const { changes } = orm.delete(rules).where(eq(rules.id, id)).run()
      if (changes === 0) throw notFound('rule', id)
    },
  }
}

/** What a detector is made of. All else says when a rule fires and where, and what it is called. */
const EVALUATION_FIELDS = [
  'method',
  'params',
  'z_threshold',
  'iqr_factor',
  'threshold',
  'operator',
  'min_samples',
] as const

const changesEvaluation = (patch: RulePatch) => EVALUATION_FIELDS.some((field) => patch[field] !== undefined)

type Row = typeof rules.$inferSelect

const storedRule = (row: Row): StoredRule => ({
  ...row,
  created_at: toIso(row.created_at),
  updated_at: toIso(row.updated_at),
})

const optional = (row: Row | undefined) => row && storedRule(row)

/** Two requests of one turn may both find that a name is free: the second one is rejected here. */
function rejectingTakenName<T>(name: string | undefined, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error
    throw new AppError('CONFLICT', `There is already a rule named ${JSON.stringify(name)}.`, { cause: error })
  }
}
