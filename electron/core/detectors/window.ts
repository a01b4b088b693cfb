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
const MAX_VALUE = 1e150

/** The value that statistics are made of. */
export const bounded = (value: number): number => Math.max(-MAX_VALUE, Math.min(MAX_VALUE, value))

/** Figures stay finite where there is no spread to measure by. */
const MAX_FIGURE = 1e9

/**
 * A distance in units of a spread. Over a flat line, where the spread is nothing, any real change is far away and the
 * same value again is at 0.
 *
 * @returns at most ±1e9
 */
export function inUnitsOf(spread: number, distance: number, level: number): number {
  if (distance === 0) return 0
  const figure = distance / Math.max(spread, SAME * Math.abs(level), Number.MIN_VALUE)
  return Math.max(-MAX_FIGURE, Math.min(MAX_FIGURE, figure))
}

/** Whether a change is large enough to matter; see `min_change`. */
export const matters = (value: number, usual: number, minChange: number): boolean =>
  Math.abs(value - usual) >= minChange * Math.max(Math.abs(value), Math.abs(usual))

/**
 * A ring of doubles that takes memory only as it fills. A class, as all that there is once per series: closures would
 * cost as much memory again as the values of a small window.
 */
export class Ring {
  size = 0
  /** The slot that the next push fills; it holds the oldest value once the ring is full. */
  next = 0
  readonly capacity: number
  /** Slots keep their number while their value stays. */
  slots: Float64Array

  constructor(capacity: number, values: ArrayLike<number> = []) {
    this.capacity = capacity
    this.slots = this.room(Math.min(capacity, Math.max(16, values.length)))
    for (let i = Math.max(0, values.length - capacity); i < values.length; i++) this.push(values[i]!)
  }

  push(value: number): void {
    if (this.next === this.slots.length) this.grow()
    this.slots[this.next] = value
    if (this.size < this.capacity) this.size++
    this.next = this.next + 1 === this.capacity ? 0 : this.next + 1
  }

  /** The slot of the oldest value. */
  get first(): number {
    return this.size < this.capacity ? 0 : this.next
  }

  /** Oldest first. */
  toValues(): Float64Array {
    const values = new Float64Array(this.size)
    values.set(this.slots.subarray(this.first, this.size))
    values.set(this.slots.subarray(0, this.first), this.size - this.first)
    return values
  }

  /** Oldest first, whatever slots they lie in: a ring made anew from its state must come to the same last bit. */
  sum(): number {
    const { slots, size, first } = this
    let sum = 0
    for (let slot = first; slot < size; slot++) sum += slots[slot]!
    for (let slot = 0; slot < first; slot++) sum += slots[slot]!
    return sum
  }

  /** Of the newest so many, which must be there. */
  sumOfLast(count: number): number {
    let sum = 0
    for (let back = 1; back <= count; back++) sum += this.slots[(this.next - back + this.capacity) % this.capacity]!
    return sum
  }

  clear(): void {
    this.size = 0
    this.next = 0
  }

  protected room(slots: number): Float64Array {
    return new Float64Array(slots)
  }

  protected grow(): void {
    const { slots, capacity } = this
    this.slots = this.room(Math.min(capacity, slots.length * 2))
    this.slots.set(slots)
  }
}

/** Doubles as text for a state: to the last bit, in a fifth of the time that decimals take. */
export const packed = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** What `packed` was given. */
export function unpacked(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Float64Array(bytes.buffer, 0, bytes.length >>> 3)
}
