// The mean of the newest deviations from what is normal for their hours: a lasting shift of a series that follows the day,
// which no single value shows.
import { textsFor } from '../../../../shared/texts/texts.ts'
import { packed, Ring, unpacked } from '../window.ts'
import type { HourView } from './hour-view.ts'
import type { SampleContext, View } from './view.ts'

const texts = textsFor()

/** It is over when the mean of so many says so. */
const LAST = 4

export class ShiftView implements View {
  private readonly hour: HourView
  private readonly newest: Ring

  /** @param samples how many the mean is of, this one included */
  constructor(samples: number, hour: HourView, saved?: string) {
    this.hour = hour
    this.newest = new Ring(samples - 1, saved === undefined ? undefined : unpacked(saved))
  }

  departure(sample: SampleContext): number | null {
    const deviation = this.hour.departure(sample)
    if (deviation === null || this.newest.size < this.newest.capacity) return null
    return (this.newest.sum() + deviation) / (this.newest.size + 1)
  }

  present(sample: SampleContext): number {
    return (this.newest.sumOfLast(LAST - 1) + (this.hour.departure(sample) ?? 0)) / LAST
  }

  /** It is of the mean, not of single values. */
  band(): null {
    return null
  }

  /** Its baseline is that of the hours. */
  learn(): void {}

  observe(sample: SampleContext): void {
    const deviation = this.hour.departure(sample)
    if (deviation !== null) this.newest.push(deviation)
  }

  /** The hours are others: deviations from the old ones say nothing. */
  adopt(): void {
    this.newest.clear()
  }

  explain(sample: SampleContext, limit: number): string {
    return texts.shift({ deviation: this.departure(sample) ?? 0, samples: this.newest.size + 1, margin: limit })
  }

  state(): string {
    return packed(this.newest.toValues())
  }
}
