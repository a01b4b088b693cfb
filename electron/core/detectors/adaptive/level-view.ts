// The mean of the newest samples against the level of the last weeks.
import { textsFor } from '../../../../shared/texts/texts.ts'
import { packed, Ring, unpacked } from '../window.ts'
import type { HeldRun } from './held-run.ts'
import type { Band, SampleContext, View } from './view.ts'

const texts = textsFor()

/** It is over when the mean of so many says so. */
const LAST = 4

export class LevelView implements View {
  private readonly newest: Ring
  private level: number
  private seen: number

  /** @param samples how many the mean is of, this one included */
  constructor(samples: number, saved?: SavedLevel) {
    this.newest = new Ring(samples - 1, saved && unpacked(saved.newest))
    this.level = saved?.level ?? 0
    this.seen = saved?.seen ?? 0
  }

  departure({ value }: SampleContext): number | null {
    return this.seen === 0 ? null : this.distance(value)
  }

  present({ value }: SampleContext): number {
    const count = Math.min(LAST - 1, this.newest.size)
    return (this.newest.sumOfLast(count) + value) / (count + 1) - this.level
  }

  /** Of the mean, not of single values. */
  band(_: SampleContext, limit: number): Band {
    return { lower: this.level - limit, upper: this.level + limit }
  }

  learn({ value, fading }: SampleContext): void {
    this.level += (this.mean(value) - this.level) * Math.max(fading, 1 / ++this.seen)
  }

  observe({ value }: SampleContext): void {
    this.newest.push(value)
  }

  adopt(run: HeldRun): void {
    this.level = run.mean
  }

  explain({ value }: SampleContext, limit: number): string {
    return texts.level({ mean: this.mean(value), samples: this.newest.size + 1, level: this.level, margin: limit })
  }

  state(): SavedLevel {
    return { newest: packed(this.newest.toValues()), level: this.level, seen: this.seen }
  }

  /** The level of the last weeks. */
  current(): number {
    return this.level
  }

  restore(level: number): void {
    this.level = level
  }

  /** From the level to the mean with this value. */
  distance(value: number): number {
    return this.mean(value) - this.level
  }

  mean(value: number): number {
    return (this.newest.sum() + value) / (this.newest.size + 1)
  }
}

export interface SavedLevel {
  newest: string
  level: number
  seen: number
}
