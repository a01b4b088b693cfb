// Helpers for rows that several tables use.
import { toIso } from '../../../../shared/domain/time.ts'
import { notFound } from '../../platform/errors.ts'

/** @throws AppError NOT_FOUND if there is no row */
export function existing<Row>(what: string, id: number, row: Row | undefined): Row {
  if (!row) throw notFound(what, id)
  return row
}

export const isoOrNull = (time: number | null): string | null => (time === null ? null : toIso(time))
