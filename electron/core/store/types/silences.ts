// Silences and maintenance windows.
import type { Silence } from '../../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'

/** `get` and `update` throw NOT_FOUND if there is no such row. */
export interface SilenceStore {
  /** Those that end last first. */
  list(limit: number, offset: number): Silence[]
  /** Those that end after `time`, in force or to come, in the order of their making. */
  endingAfter(time: number): Silence[]
  get(id: number): Silence
  /** Of those that are over by `now`, only the newest stay. */
  removePast(now: number, kept: number): void
  insert(silence: Omit<Silence, 'id'>): Silence
  /** Replaces the one of the same id. */
  update(silence: Silence): Silence
}

/** `get`, `update` and `remove` throw NOT_FOUND if there is no such row. */
export interface WindowStore {
  /** In the order of their making. */
  all(): MaintenanceWindow[]
  get(id: number): MaintenanceWindow
  insert(window: Omit<MaintenanceWindow, 'id'>): MaintenanceWindow
  /** Replaces the one of the same id. */
  update(window: MaintenanceWindow): MaintenanceWindow
  remove(id: number): void
}
