// The newest samples with their mean and spread, carried along from sample to sample.
import { packed, Ring, unpacked } from './window.ts'

export interface SavedMoments {
  /** Packed doubles, oldest first. */
  values: string
  mean: number
  squares: number
  age: number
}

/** Mean and sum of squared deviations of a ring, in fields that change in place (see `AlertState`). */
export class Moments {
  private readonly ring: Ring
  mean = 0
  private squares = 0
  /** Pushes since both were last computed from the values themselves. */
  private age = 0

  constructor(size: number, saved?: SavedMoments) {
    this.ring = new Ring(size, saved && unpacked(saved.values))
    if (!saved) return
    this.mean = saved.mean
    this.squares = saved.squares
    this.age = saved.age
  }

  get size(): number {
    return this.ring.size
  }

  /** The standard deviation of a sample; 0 if there are fewer than two values. */
  get deviation(): number {
    return this.size < 2 ? 0 : Math.sqrt(this.squares / (this.size - 1))
  }

  /**
   * Slides the window by one in constant time (Welford 1962, with replacement of the oldest value). What rounding has
   * added up, and what is left of an outlier's square after it went, is cleared by computing anew: once per turn of the
   * window, and whenever the sum of squares collapses.
   */
  push(value: number): void {
    const { ring, mean, squares } = this
    if (ring.size < ring.capacity) {
      ring.push(value)
      this.mean = mean + (value - mean) / ring.size
      this.squares = squares + (value - mean) * (value - this.mean)
    } else {
      const oldest = ring.slots[ring.next]!
      ring.push(value)
      this.mean = mean + (value - oldest) / ring.size
      this.squares = squares + (value - oldest) * (value - this.mean + oldest - mean)
    }
    if (++this.age >= ring.capacity || this.squares < squares * 1e-6) this.compute()
  }

  saved(): SavedMoments {
    const { ring, mean, squares, age } = this
    return { values: packed(ring.toValues()), mean, squares, age }
  }

  /** Oldest first, whatever slots they lie in: a ring that was saved and made anew must give the same to the last bit. */
  private compute(): void {
    const values = this.ring.toValues()
    let sum = 0
    for (const value of values) sum += value
    const mean = sum / values.length
    let squares = 0
    for (const value of values) squares += (value - mean) ** 2
    this.mean = mean
    this.squares = squares
    this.age = 0
  }
}
