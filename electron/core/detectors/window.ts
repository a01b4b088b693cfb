// The newest values of a series in a ring, the ground of the classic methods.
import { z } from 'zod'

/** The params that the methods with a window share. */
export const windowParams = z.object({
  window: z.int().min(10).max(1000).default(300).meta({ description: 'how many samples the baseline holds' }),
  min_change: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({ description: 'the smallest change that counts, as a share of the larger of usual and new value' }),
})
export type WindowParams = z.infer<typeof windowParams>

/** The window never holds fewer samples than the rule wants to see first. */
export const windowSize = (settings: { min_samples: number; params: WindowParams }): number =>
  Math.max(settings.params.window, settings.min_samples)

/** Values closer together than one part in a million are the same: a flat line with rounding errors is still flat. */
const SAME = 1e-6

/** Beyond this, squares and differences would leave the range of a double. */
const LARGEST_VALUE = 1e150

/** The value that statistics are made of. */
export const bounded = (value: number): number => Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, value))

/** Figures stay finite where there is no spread to measure by. */
const LARGEST_FIGURE = 1e9

/**
 * A distance in units of a spread. Over a flat line, where the spread is nothing, any real change is far away and the
 * same value again is at 0.
 *
 * @returns at most ±1e9
 */
export function inUnitsOf(spread: number, distance: number, level: number): number {
  if (distance === 0) return 0
  const figure = distance / Math.max(spread, SAME * Math.abs(level), Number.MIN_VALUE)
  return Math.max(-LARGEST_FIGURE, Math.min(LARGEST_FIGURE, figure))
}

/** Whether a change is large enough to matter; see `min_change`. */
export const matters = (value: number, usual: number, minChange: number): boolean =>
  Math.abs(value - usual) >= minChange * Math.max(Math.abs(value), Math.abs(usual))

/** A ring of doubles that takes memory only as it fills. */
export interface Ring {
  readonly size: number
  readonly capacity: number
  /** The value in a slot; slots keep their number while their value stays. */
  at(slot: number): number
  /** The slot that the next push fills; it holds the oldest value once the ring is full. */
  next(): number
  push(value: number): void
  /** Oldest first. */
  toArray(): number[]
}

export function createRing(capacity: number, values: readonly number[] = []): Ring {
  let slots = new Float64Array(Math.min(capacity, Math.max(16, values.length)))
  let size = 0
  let next = 0
  const ring: Ring = {
    get size() {
      return size
    },
    capacity,
    at: (slot) => slots[slot]!,
    next: () => next,
    push(value) {
      if (next === slots.length) slots = grown(slots, capacity)
      slots[next] = value
      if (size < capacity) size++
      next = next + 1 === capacity ? 0 : next + 1
    },
    toArray: () => Array.from({ length: size }, (_, i) => slots[size < capacity ? i : (next + i) % capacity]!),
  }
  for (const value of values.slice(-capacity)) ring.push(value)
  return ring
}

function grown(slots: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.min(capacity, slots.length * 2))
  larger.set(slots)
  return larger
}
