// The newest values of a series in their order: medians, quantiles and spreads at the cost of a binary search.
import { Ring } from './window.ts'

/** 1 / Φ⁻¹(3/4): makes the median distance from the median a standard deviation, where the values are normal. */
const PER_MEDIAN_DISTANCE = 1.4826

/** 1 / Φ⁻¹(0.95): the same for the distance within which nine of ten lie. */
const PER_WIDE_DISTANCE = 1 / 1.645

/**
 * Keeps the slots of a ring in the order of their values: two bytes each, behind the eight of all values in one buffer,
 * as a buffer of their own would cost a hundred more. Equal values stand in the order of their coming, so that the one
 * that leaves is the first of its equals.
 */
export class SortedWindow extends Ring {
  private order: Uint16Array

  constructor(capacity: number, saved: ArrayLike<number> = []) {
    super(capacity)
    this.order = orderBehind(this.slots)
    for (let i = 0; i < saved.length; i++) this.push(saved[i]!)
  }

  override push(value: number): void {
    if (this.next === this.slots.length) this.grow()
    const { order, slots, size, next: slot } = this
    if (size < this.capacity) {
      const place = firstAbove(slots, order, size, value)
      order.copyWithin(place + 1, place, size)
      order[place] = slot
    } else {
      const leaving = firstNotBelow(slots, order, size, slots[slot]!)
      const place = firstAbove(slots, order, size, value)
      if (place > leaving) order.copyWithin(leaving, leaving + 1, place)
      else order.copyWithin(place + 1, place, leaving)
      order[place > leaving ? place - 1 : place] = slot
    }
    super.push(value)
  }

  /** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
  quantile(share: number): number {
    return interpolated(share, this.size, (place) => this.at(place))
  }

  /**
   * The robust standard deviation around a center: the median distance from it, scaled (Hampel, 1974). Where about half
   * of the values are equal that says little of the others; the distance within which nine of ten lie has a say then, so
   * that 0, 0, 1, 0, 0, 2 has a spread and a flat line has none.
   */
  spread(center: number): number {
    const narrow = this.distance(center, 0.5) * PER_MEDIAN_DISTANCE
    const wide = this.distance(center, 0.9) * PER_WIDE_DISTANCE
    return narrow === 0 ? wide : Math.max(narrow, wide / 2)
  }

  /** The distance from a center within which this share of the values lies. */
  private distance(center: number, share: number): number {
    return interpolated(share, this.size, (rank) => this.nearest(center, rank + 1))
  }

  /**
   * The distance of the n-th nearest to a center. The n nearest stand side by side in the order, so a binary search for
   * where they begin finds them.
   */
  private nearest(center: number, count: number): number {
    let low = 0
    let high = this.size - count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (center - this.at(middle) > this.at(middle + count) - center) low = middle + 1
      else high = middle
    }
    return Math.max(center - this.at(low), this.at(low + count - 1) - center)
  }

  private at(place: number): number {
    return this.slots[this.order[place]!]!
  }

  protected override room(slots: number): Float64Array {
    return new Float64Array(new ArrayBuffer(slots * (BYTES_PER_VALUE + BYTES_PER_PLACE)), 0, slots)
  }

  protected override grow(): void {
    const { order } = this
    super.grow()
    this.order = orderBehind(this.slots)
    this.order.set(order)
  }
}

const BYTES_PER_VALUE = Float64Array.BYTES_PER_ELEMENT
const BYTES_PER_PLACE = Uint16Array.BYTES_PER_ELEMENT

const orderBehind = ({ buffer, length }: Float64Array) => new Uint16Array(buffer, length * BYTES_PER_VALUE, length)

function interpolated(share: number, size: number, statistic: (rank: number) => number): number {
  const position = share * (size - 1)
  const below = Math.floor(position)
  const low = statistic(below)
  return below === position ? low : low + (position - below) * (statistic(below + 1) - low)
}

/** Binary search for the first place whose value is not below this one. */
function firstNotBelow(slots: Float64Array, order: Uint16Array, size: number, value: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (slots[order[middle]!]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Binary search for the first place whose value is above this one. */
function firstAbove(slots: Float64Array, order: Uint16Array, size: number, value: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (slots[order[middle]!]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
