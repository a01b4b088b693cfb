// How often a series comes. Every estimate of a rhythm is this one, so that no single odd step decides it.
import { SortedWindow } from './sorted-window.ts'
import { packed, unpacked } from './window.ts'

/** Plain JSON. */
export interface SavedRhythm {
  /** Packed doubles, oldest first: milliseconds between samples. */
  steps: string
  time: number | null
}

/** Few enough that a new rhythm is known after four samples of a slower one and twelve of a faster one. */
const STEPS = 16

/**
 * The upper quartile: where an agent sends its samples in pairs a few milliseconds apart, half of the steps say nothing
 * about how often it comes.
 */
const TYPICAL = 0.75

/** Steps that must be known before one can be a gap: a first pair may be 50 ms apart. */
const MIN_STEPS = 4

/** A step so many times as long as the typical one is a gap. */
const GAP = 10

/** Steps of zero are left out: samples of one time have no time between them. */
export class Rhythm {
  /** Milliseconds from one sample to the next; 0 while no step is known. */
  interval = 0
  private readonly steps: SortedWindow
  /** The time of the newest sample, in milliseconds since 1970 in UTC. */
  private time: number | null

  constructor(saved?: SavedRhythm) {
    this.steps = new SortedWindow(STEPS, saved && unpacked(saved.steps))
    this.time = saved?.time ?? null
    this.measure()
  }

  /** Milliseconds from the newest sample to this time; 0 before the first sample. */
  stepTo(time: number): number {
    return this.time === null ? 0 : Math.max(0, time - this.time)
  }

  /** Whether samples are missing between the newest one and this time. */
  isGap(time: number): boolean {
    return this.steps.size >= MIN_STEPS && this.stepTo(time) > GAP * this.interval
  }

  /** Times must not fall. */
  add(time: number): void {
    const step = this.stepTo(time)
    if (step > 0) {
      this.steps.push(step)
      this.measure()
    }
    this.time = time
  }

  state(): SavedRhythm {
    return { steps: packed(this.steps.toValues()), time: this.time }
  }

  private measure(): void {
    this.interval = this.steps.size === 0 ? 0 : this.steps.quantile(TYPICAL)
  }
}
