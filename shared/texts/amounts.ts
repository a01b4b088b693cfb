// Amounts as they stand in sentences: rounded for a reader, with plain spaces, since scripts and models read them too.
import { formatDuration, formatInOneUnit, formatNumber, formatValue } from '../domain/format.ts'

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ')

/** `97.3 %` */
export const amount = (value: number, unit: string | null): string => plainSpaces(formatValue(value, unit))

/** `1,235`, for values without a unit */
export const numberOf = (value: number): string => formatNumber(value)

/** Values of one sentence in one unit, which begins with its space, or is empty. */
export function measured(values: readonly number[], unit: string | null): { numbers: string[]; unit: string } {
  const { numbers, unit: shown } = formatInOneUnit(values, unit)
  return { numbers, unit: shown === null ? '' : ` ${shown}` }
}

/** `38 to 52 %` */
export function range(from: number, to: number, unit: string | null): string {
  const { numbers, unit: shown } = measured([from, to], unit)
  return `${numbers.join(' to ')}${shown}`
}

/** `2 h 5 min` */
export const duration = (milliseconds: number): string => plainSpaces(formatDuration(milliseconds))

/** `2026-01-05 12:00:00 UTC` */
export const moment = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
