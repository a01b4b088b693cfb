// Silences and maintenance windows.
import type { Silence } from '../../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'

/** `get` and `update` throw NOT_FOUND if there is no such row. */
export interface SilenceStore {
  /** In descending order of their end. */
  list(limit: number, offset: number): Silence[]
  /** Those that end after `time`, active or scheduled, in the order of creation. */
  endingAfter(time: number): Silence[]
  get(id: number): Silence
  /** Removes those that are expired by `now`, except the newest. */
  removePast(now: number, kept: number): void
  insert(silence: Omit<Silence, 'id'>): Silence
  /** Replaces the one of the same id. */
  update(silence: Silence): Silence
}

/** `get`, `update` and `remove` throw NOT_FOUND if there is no such row. */
export interface WindowStore {
  /** In the order of creation. */
  all(): MaintenanceWindow[]
  get(id: number): MaintenanceWindow
  insert(window: Omit<MaintenanceWindow, 'id'>): MaintenanceWindow
  /** Replaces the one of the same id. */
  update(window: MaintenanceWindow): MaintenanceWindow
  remove(id: number): void
}
