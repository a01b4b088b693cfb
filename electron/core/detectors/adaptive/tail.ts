// How far the departures of a series from normal reach: a histogram on a logarithmic scale that forgets, in
// bounded memory and constant time.
export interface SavedTail {
  /** The weight of each bin, as packed floats. */
  bins: string
  top: number
  below: number
  total: number
  weight: number
}

/** Bins for each doubling: a quantile is right to some 5 %, what lies within a bin being spread evenly. */
const PER_DOUBLING = 4

/** 32 doublings below the largest departure; what is smaller is as good as nothing. */
const BINS = 128

/** Weights grow instead of all others shrinking, until they are brought back. */
const MAX_WEIGHT = 1e30

export class Tail {
  private readonly bins: Float32Array
  /** On the scale of all sizes, the bin that the last one of these is. */
  private top: number
  /** The weight of what is smaller than the smallest bin. */
  private below: number
  private total: number
  /** What the next departure weighs. */
  private weight: number

  constructor(saved?: SavedTail) {
    this.bins = new Float32Array(BINS)
    if (saved) Buffer.from(this.bins.buffer).set(Buffer.from(saved.bins, 'base64'))
    this.top = saved?.top ?? 0
    this.below = saved?.below ?? 0
    this.total = saved?.total ?? 0
    this.weight = saved?.weight ?? 1
  }

  /**
   * @param size of a departure, 0 or more
   * @param kept how much of what came before still counts, 0 to 1
   * @param amount how much this departure counts, 0 to 1
   */
  push(size: number, kept: number, amount = 1): void {
    this.fade(kept)
    const weight = this.weight * amount
    this.total += weight
    const bin = Math.floor(Math.log2(size) * PER_DOUBLING)
    if (bin > this.top || this.total === this.below + weight) this.raise(bin)
    const slot = bin - this.top + BINS - 1
    if (slot >= 0) this.bins[slot]! += weight
    else this.below += weight
  }

  /** Forgets a little. */
  fade(kept: number): void {
    this.weight /= kept
    if (this.weight > MAX_WEIGHT) this.rescale()
  }

  /** Takes back what was pushed of late. */
  withdraw(size: number, amount: number): void {
    const slot = Math.floor(Math.log2(size) * PER_DOUBLING) - this.top + BINS - 1
    if (!(slot >= 0) || slot >= BINS) return
    const weight = Math.min(this.bins[slot]!, this.weight * amount)
    this.bins[slot]! -= weight
    this.total -= weight
  }

  /**
   * The size beyond which this share of the departures lies, 0 where nearly all are nothing.
   *
   * @param fewest but at least so many, counting those of late as one each
   */
  exceededBy(share: number, fewest = 0): number {
    let left = Math.max(share * this.total, fewest * this.weight)
    for (let slot = BINS - 1; slot >= 0; slot--) {
      const weight = this.bins[slot]!
      if (weight >= left && weight > 0) return 2 ** ((this.top - BINS + 2 + slot - left / weight) / PER_DOUBLING)
      left -= weight
    }
    return 0
  }

  /** All departures are larger by this factor. */
  scale(factor: number): void {
    this.top += Math.round(Math.log2(factor) * PER_DOUBLING)
  }

  state(): SavedTail {
    const { top, below, total, weight } = this
    return { bins: Buffer.from(this.bins.buffer).toString('base64'), top, below, total, weight }
  }

  /** Makes room for a larger size; the smallest bins fall out. */
  private raise(bin: number): void {
    if (!Number.isFinite(bin)) return
    const up = bin - this.top
    this.top = bin
    for (let slot = 0; slot < Math.min(up, BINS); slot++) this.below += this.bins[slot]!
    if (up > 0) {
      this.bins.copyWithin(0, Math.min(up, BINS))
      this.bins.fill(0, Math.max(0, BINS - up))
    }
  }

  private rescale(): void {
    for (let slot = 0; slot < BINS; slot++) this.bins[slot]! /= MAX_WEIGHT
    this.below /= MAX_WEIGHT
    this.total /= MAX_WEIGHT
    this.weight /= MAX_WEIGHT
  }
}
