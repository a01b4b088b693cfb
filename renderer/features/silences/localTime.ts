// Conversion to and from datetime-local inputs, which are in the reader's time zone.
import { toIso } from '../../../shared/domain/time.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** `2026-11-22T19:30`. */
export function toLocalInput(time: number | string): string {
  const date = new Date(time)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** In UTC, as the contract requires; an empty text if the field holds no valid time. */
export function fromLocalInput(local: string): string {
  const time = new Date(local).getTime()
  return Number.isNaN(time) ? '' : toIso(time)
}
