// Maintenance windows: few and rarely touched.
import { asc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { toIso } from '../../../../shared/domain/time.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'
import { existing } from '../sqlite/rows.ts'
import { maintenance_windows as windows } from '../sqlite/schema/rules.ts'
import type { WindowStore } from '../types/silences.ts'

export function createWindowStore(orm: BetterSQLite3Database): WindowStore {
  return {
    all: () => orm.select().from(windows).orderBy(asc(windows.id)).all().map(windowOf),
    get: (id) => only(id, orm.select().from(windows).where(eq(windows.id, id)).get()),
    insert: (window) => windowOf(orm.insert(windows).values(rowOf(window)).returning().get()),
    update: (window) =>
      only(window.id, orm.update(windows).set(rowOf(window)).where(eq(windows.id, window.id)).returning().get()),
    remove: (id) => void only(id, orm.delete(windows).where(eq(windows.id, id)).returning().get()),
  }
}

type Row = typeof windows.$inferSelect

/** @throws AppError NOT_FOUND if there is no row */
const only = (id: number, row: Row | undefined) => windowOf(existing('maintenance window', id, row))

const windowOf = (row: Row): MaintenanceWindow => ({ ...row, created_at: toIso(row.created_at) })

const rowOf = <T extends Omit<MaintenanceWindow, 'id'>>(window: T) => ({
  ...window,
  created_at: Date.parse(window.created_at),
})
