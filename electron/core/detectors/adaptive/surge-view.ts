// By how much a sample widens the spread of the newest deviations from a moving mean, beyond what other days did at this
// time. A jump in a quiet stretch counts in full, one among others hardly; ramps and curves of the day don't count at all.
//
// FluxEV (Li et al., FluxEV: A Fast and Effective Unsupervised Framework for Time-Series Anomaly Detection, WSDM 2021): its
// errors of an exponentially weighted mean, its growth of local spread and its second step, which keeps only what exceeds
// the days before. In place of its fitted tail, the line is drawn as for the other views.
import { textsFor } from '../../../../shared/texts/texts.ts'
import { packed, Ring, unpacked } from '../window.ts'
import { Custom, type SavedCustom } from './custom.ts'
import type { Band, SampleContext, View } from './view.ts'

const texts = textsFor()

/** Deviations whose spread is compared with and without the sample. */
const WINDOW = 20
/** What the newest sample weighs in the moving mean. */
const NEWEST = 0.2
/** Makes the growth of a flat window's spread the deviation itself, so that it is in units of the value. */
const SCALE = Math.sqrt(WINDOW + 1)

/** Plain JSON. */
export interface SavedSurge {
  /** Packed doubles, oldest first. */
  errors: string
  mean: number | null
  custom: SavedCustom
}

/** Of the deviations in the window. */
interface Moments {
  sum: number
  squares: number
  spread: number
}

export class SurgeView implements View {
  private readonly errors: Ring
  private mean: number | null
  private readonly custom: Custom

  constructor(saved?: SavedSurge) {
    this.errors = new Ring(WINDOW, saved && unpacked(saved.errors))
    this.mean = saved?.mean ?? null
    this.custom = new Custom(saved?.custom)
  }

  departure(sample: SampleContext): number | null {
    if (this.mean === null || this.errors.size < WINDOW || sample.afterGap) return null
    const moments = this.moments()
    const error = sample.value - this.mean
    const growth = Math.max(0, growthBy(error, moments) - this.custom.around(sample)[0])
    return error < moments.sum / WINDOW ? -growth : growth
  }

  /** The two deviations at which the spread would grow by the limit: the roots of a quadratic. */
  band(sample: SampleContext, limit: number): Band | null {
    if (this.mean === null || this.errors.size < WINDOW || sample.afterGap) return null
    const { sum, squares, spread } = this.moments()
    const widest = spread + (limit + this.custom.around(sample)[0]) / SCALE
    const sides = WINDOW * (squares * (WINDOW + 1) - sum * sum - (widest * (WINDOW + 1)) ** 2)
    const reach = Math.sqrt(Math.max(0, sum * sum - sides))
    return { lower: this.mean + (sum - reach) / WINDOW, upper: this.mean + (sum + reach) / WINDOW }
  }

  /** Its baseline is the custom of this time of day, which is the memory of anomalies too. */
  learn(): void {}

  observe(sample: SampleContext): void {
    const { mean, errors } = this
    const { value } = sample
    if (mean === null) {
      this.mean = value
      return
    }
    if (!sample.afterGap) {
      if (errors.size === WINDOW) this.custom.add(sample, growthBy(value - mean, this.moments()))
      errors.push(value - mean)
    }
    this.mean = mean + (value - mean) * NEWEST
  }

  scale(factor: number): void {
    this.custom.scale(factor)
  }

  forget(quarters: readonly [number, number]): void {
    this.custom.forget(quarters)
  }

  explain(sample: SampleContext, limit: number): string {
    const band = this.band(sample, limit)
    const recent = this.mean ?? sample.value
    const margin = band ? (band.upper - band.lower) / 2 : limit
    return texts.surge({ value: sample.value, recent, margin })
  }

  state(): SavedSurge {
    return { errors: packed(this.errors.toValues()), mean: this.mean, custom: this.custom.state() }
  }

  private moments(): Moments {
    // Oldest first, whatever slots they lie in: a view made anew from its state must come to the same last bit.
    const { slots, size, first } = this.errors
    let sum = 0
    let squares = 0
    for (let index = 0; index < size; index++) {
      const error = slots[(first + index) % size]!
      sum += error
      squares += error * error
    }
    return { sum, squares, spread: spreadOf(sum, squares, size) }
  }
}

const growthBy = (error: number, { sum, squares, spread }: Moments): number =>
  SCALE * Math.max(0, spreadOf(sum + error, squares + error * error, WINDOW + 1) - spread)

const spreadOf = (sum: number, squares: number, count: number): number =>
  Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
