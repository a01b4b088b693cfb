// One view of ADAPTIVE with the far end of its own departures, at which its alarm line lies.
import type { Placed, View } from './view.ts'
import { Tail, type SavedTail } from './tail.ts'

export interface SavedSight {
  view: unknown
  tail: SavedTail
  age: number
  largest: number
}

/** Of the sample that is learned, what matters to what is learned of it. */
export interface Learning {
  /** Milliseconds since the sample before, or 0 behind a gap. */
  step: number
  /** How much of what came before still counts, 0 to 1. */
  kept: number
  /** How much it counts while it is flagged, 0 to 1; null where it was not flagged. */
  flagged: number | null
}

/** A view is asked from so many milliseconds on, within which most of what comes now and then came. */
const LEARNING_MS = 1_800_000

/** While no night and no morning was seen yet, the line lies twice as far off, ever less until a day is full. */
const FIRST_DAY = 2
const DAY = 86_400_000

/** One departure alone is no custom: the line lies where more than one reached. */
const FEWEST = 1.5

export class Sight {
  readonly view: View
  /** The departure from which on this view finds a sample unusual. */
  line = 0
  private readonly tail: Tail
  /** Milliseconds in which the view expected something, without the gaps. */
  private age: number
  /** The largest departure of the anomaly that goes on; 0 where none does. */
  private largest: number

  constructor(view: View, saved?: SavedSight) {
    this.view = view
    this.tail = new Tail(saved?.tail)
    this.age = saved?.age ?? 0
    this.largest = saved?.largest ?? 0
  }

  get isReady(): boolean {
    return this.age >= LEARNING_MS
  }

  /** An anomaly is learned as one departure, its largest, when it is over; while it lasts, little by little. */
  learn(sample: Placed, { step, kept, flagged }: Learning): void {
    const departure = this.view.departure(sample)
    if (departure !== null) {
      const size = Math.abs(departure)
      this.age += step
      this.tail.push(size, kept, flagged ?? 1)
      if (flagged !== null) this.largest = Math.max(this.largest, size)
    }
    if (flagged === null && this.largest > 0) {
      this.tail.push(this.largest, 1)
      this.largest = 0
    }
    this.view.learn(sample)
  }

  /**
   * Draws the line anew.
   *
   * @param share of the departures that exceed it, but for `reach`
   * @param reach how many times as far off it lies
   */
  draw(share: number, reach: number): void {
    const missing = Math.max(0, 1 - this.age / DAY)
    this.line = reach * (1 + (FIRST_DAY - 1) * missing) * this.tail.exceededBy(share, FEWEST)
  }

  state(): SavedSight {
    return { view: this.view.state(), tail: this.tail.state(), age: this.age, largest: this.largest }
  }
}
