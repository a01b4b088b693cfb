// Moments as a field of date and time holds them: in the reader's zone, without a zone's name.
import { toIso } from '../../../shared/domain/time.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** `2026-11-22T19:30`. */
export function toLocalInput(time: number | string): string {
  const date = new Date(time)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** In UTC as the contract has it; an empty text where the field holds no moment. */
export function fromLocalInput(local: string): string {
  const time = new Date(local).getTime()
  return Number.isNaN(time) ? '' : toIso(time)
}
