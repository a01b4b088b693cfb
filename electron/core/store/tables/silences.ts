// Silences: few that are active or scheduled, and many that are expired.
import { and, asc, desc, eq, gt, lte, notInArray } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { Silence } from '../../../../shared/schemas/silences.ts'
import { existing } from '../sqlite/rows.ts'
import { silences } from '../sqlite/schema/rules.ts'
import type { SilenceStore } from '../types/silences.ts'

export function createSilenceStore(orm: BetterSQLite3Database): SilenceStore {
  return {
    list: (limit, offset) =>
      orm
        .select()
        .from(silences)
        .orderBy(desc(silences.to_time), desc(silences.id))
        .limit(limit)
        .offset(offset)
        .all()
        .map(toSilence),
    endingAfter: (time) =>
      orm.select().from(silences).where(gt(silences.to_time, time)).orderBy(asc(silences.id)).all().map(toSilence),
    get: (id) => only(id, orm.select().from(silences).where(eq(silences.id, id)).get()),
    removePast(now, kept) {
      const newest = orm
        .select({ id: silences.id })
        .from(silences)
        .where(lte(silences.to_time, now))
        .orderBy(desc(silences.to_time), desc(silences.id))
        .limit(kept)
      orm
        .delete(silences)
        .where(and(lte(silences.to_time, now), notInArray(silences.id, newest)))
        .run()
    },
    insert: (silence) => toSilence(orm.insert(silences).values(rowOf(silence)).returning().get()),
    update: (silence) =>
      only(silence.id, orm.update(silences).set(rowOf(silence)).where(eq(silences.id, silence.id)).returning().get()),
  }
}

type Row = typeof silences.$inferSelect

/** @throws AppError NOT_FOUND if there is no row */
const only = (id: number, row: Row | undefined) => toSilence(existing('silence', id, row))

const toSilence = ({ from_time, to_time, created_at, ...row }: Row): Silence => ({
  ...row,
  from: toIso(from_time),
  to: toIso(to_time),
  created_at: toIso(created_at),
})

const rowOf = <T extends Omit<Silence, 'id'>>({ from, to, created_at, ...silence }: T) => ({
  ...silence,
  from_time: Date.parse(from),
  to_time: Date.parse(to),
  created_at: Date.parse(created_at),
})
