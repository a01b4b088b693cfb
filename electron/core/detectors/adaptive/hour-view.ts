// The value against what it was at this hour on the days before.
import { textsFor } from '../../../../shared/texts/texts.ts'
import type { HeldRun } from './held-run.ts'
import { HourlyMeans, type SavedHours } from './hourly-means.ts'
import { bandAround, type Band, type SampleContext, type View } from './view.ts'

const texts = textsFor()

export class HourView implements View {
  private readonly hours: HourlyMeans

  constructor(saved?: SavedHours) {
    this.hours = new HourlyMeans(24, saved)
  }

  normalAt(hour: number): number | null {
    return this.hours.get(hour)
  }

  departure({ value, hour }: SampleContext): number | null {
    const expected = this.hours.get(hour)
    return expected === null ? null : value - expected
  }

  band({ hour }: SampleContext, limit: number): Band | null {
    return bandAround(this.hours.get(hour), limit)
  }

  learn({ value, hour }: SampleContext): void {
    this.hours.add(hour, value)
  }

  restore(hours: SavedHours): void {
    this.hours.restore(hours)
  }

  adopt(run: HeldRun): void {
    this.hours.adopt(run)
  }

  explain({ value, hour }: SampleContext, limit: number): string {
    return texts.hour({ value, expected: this.hours.get(hour) ?? value, margin: limit })
  }

  state(): SavedHours {
    return this.hours.state()
  }
}
