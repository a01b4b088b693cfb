// What comes at this time of day: the largest departure of each quarter of an hour on the last seven days, in a byte each.
import type { SampleContext } from './view.ts'

/** Plain JSON. */
export interface SavedCustom {
  days: number[]
  codes: string
  base: number | null
}

const QUARTERS = 96
const DAYS = 7
/** Sizes lie on a logarithmic scale, so many steps for each doubling, rounded up: custom covers what it saw. */
const PER_DOUBLING = 4
const MIDDLE = 128
const MAX_CODE = 255

export class Custom {
  private readonly days: Int32Array
  private readonly codes: Uint8Array
  /** The place of the first size on the scale, which is its middle; null before that. */
  private base: number | null
  /** Within a quarter, what the earlier days had stays the same. */
  private aroundQuarter = NaN
  private largestAround: readonly [number, number, number] = [0, 0, 0]

  constructor(saved?: SavedCustom) {
    this.days = saved ? Int32Array.from(saved.days) : new Int32Array(DAYS).fill(-1)
    this.codes = saved ? Uint8Array.from(Buffer.from(saved.codes, 'base64')) : new Uint8Array(DAYS * QUARTERS)
    this.base = saved?.base ?? null
  }

  add({ quarter }: SampleContext, size: number): void {
    const day = Math.floor(quarter / QUARTERS)
    const row = rowOf(day)
    if (this.days[row] !== day) {
      this.codes.fill(0, row * QUARTERS, (row + 1) * QUARTERS)
      this.days[row] = day
    }
    const place = row * QUARTERS + (quarter - day * QUARTERS)
    const code = this.codeOf(size)
    if (code > this.codes[place]!) this.codes[place] = code
  }

  /** The three largest sizes that the earlier days had around this time, the largest first; 0 for what is missing. */
  around({ quarter }: SampleContext): readonly [largest: number, second: number, third: number] {
    if (quarter !== this.aroundQuarter) {
      this.largestAround = this.findAround(quarter)
      this.aroundQuarter = quarter
    }
    return this.largestAround
  }

  private findAround(quarter: number): [largest: number, second: number, third: number] {
    const day = Math.floor(quarter / QUARTERS)
    const slot = quarter - day * QUARTERS
    let largest = 0
    let second = 0
    let third = 0
    for (let row = 0; row < DAYS; row++) {
      const each = this.days[row]!
      if (each < 0 || each >= day || each < day - DAYS) continue
      const code = this.largestNear(row * QUARTERS, slot)
      if (code > largest) [largest, second, third] = [code, largest, second]
      else if (code > second) [second, third] = [code, second]
      else if (code > third) third = code
    }
    return [this.sizeOf(largest), this.sizeOf(second), this.sizeOf(third)]
  }

  /** All sizes are larger by this factor. */
  scale(factor: number): void {
    if (this.base !== null) this.base += Math.round(Math.log2(factor) * PER_DOUBLING)
    this.aroundQuarter = NaN
  }

  /** What a person has confirmed as a real problem is no custom. */
  forget([first, last]: readonly [number, number]): void {
    this.aroundQuarter = NaN
    for (let quarter = first; quarter <= last; quarter++) {
      const day = Math.floor(quarter / QUARTERS)
      const row = rowOf(day)
      if (this.days[row] === day) this.codes[row * QUARTERS + (quarter - day * QUARTERS)] = 0
    }
  }

  state(): SavedCustom {
    return { days: [...this.days], codes: Buffer.from(this.codes).toString('base64'), base: this.base }
  }

  private largestNear(row: number, slot: number): number {
    let largest = this.codes[row + slot]!
    if (slot > 0) largest = Math.max(largest, this.codes[row + slot - 1]!)
    return slot < QUARTERS - 1 ? Math.max(largest, this.codes[row + slot + 1]!) : largest
  }

  private codeOf(size: number): number {
    if (!(size > 0)) return 0
    const place = Math.ceil(Math.log2(size) * PER_DOUBLING)
    this.base ??= place
    return Math.max(1, Math.min(MAX_CODE, place - this.base + MIDDLE))
  }

  private sizeOf(code: number): number {
    return code === 0 || this.base === null ? 0 : 2 ** ((code - MIDDLE + this.base) / PER_DOUBLING)
  }
}

const rowOf = (day: number) => ((day % DAYS) + DAYS) % DAYS
