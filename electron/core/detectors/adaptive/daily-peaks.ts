// The largest departure of each of the last days: an alarm line that nothing has come near for a week is out of date.
import type { SampleContext } from './view.ts'
import { packed } from '../window.ts'

/** Plain JSON. */
export interface SavedPeaks {
  day: number
  /** Packed floats, the newest day first, which is not over yet. */
  peaks: string
}

const QUARTERS = 96
const DAYS = 7

export class DailyPeaks {
  private day: number
  private peaks: Float32Array

  constructor(saved?: SavedPeaks) {
    this.day = saved?.day ?? NaN
    const bytes = Uint8Array.from(Buffer.from(saved?.peaks ?? '', 'base64'))
    this.peaks = new Float32Array(bytes.buffer)
  }

  add({ quarter }: SampleContext, size: number): void {
    const day = Math.floor(quarter / QUARTERS)
    if (day !== this.day) {
      this.day = day
      this.peaks = Float32Array.of(0, ...this.peaks.subarray(0, DAYS))
    }
    if (size > this.peaks[0]!) this.peaks[0] = size
  }

  /** The largest departure of the last seven whole days but one: on one day anything may happen. Infinite before that. */
  second(): number {
    if (this.peaks.length <= DAYS) return Infinity
    let largest = 0
    let second = 0
    for (let day = 1; day <= DAYS; day++) {
      const peak = this.peaks[day]!
      if (peak > largest) [largest, second] = [peak, largest]
      else if (peak > second) second = peak
    }
    return second
  }

  /** The unit of the departures has changed. */
  scale(factor: number): void {
    this.peaks = this.peaks.map((peak) => peak * factor)
  }

  state(): SavedPeaks {
    return { day: this.day, peaks: packed(this.peaks) }
  }
}
