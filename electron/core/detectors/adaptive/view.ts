// A way in which ADAPTIVE looks at a series: it says what it expected and how far a sample departs from that.
import { plain } from '../../../../shared/domain/plain.ts'

/** A sample, and what views have to know of its place in the series. */
export interface Placed {
  /** Milliseconds since 1970 in UTC. */
  time: number
  value: number
  /** Which hour it is by the clock on the wall, counted on from 1970. */
  hour: number
  /** Whether samples are missing since the one before. */
  afterGap: boolean
  /** The share of itself that a long memory gives up for this sample, 0 to 1. */
  fading: number
}

export interface View {
  /** The signed distance from what was expected; null where the view knows too little to expect anything. */
  departure(sample: Placed): number | null
  /** The values within which the departure stays below a limit; null where the view has no such band. */
  band(sample: Placed, limit: number): Band | null
  learn(sample: Placed): void
  /** Why the view finds a sample unusual: two clauses, the limit being what it finds usual. */
  explain(sample: Placed, limit: string): string
  /** Plain JSON. */
  state(): unknown
}

export interface Band {
  lower: number
  upper: number
}

export const around = (centre: number | null, limit: number): Band | null =>
  centre === null ? null : { lower: centre - limit, upper: centre + limit }

export const apart = (distance: number) => `${plain(Math.abs(distance))} ${distance < 0 ? 'below' : 'above'}`
