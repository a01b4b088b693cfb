// A way in which ADAPTIVE looks at a series: it says what it expected and how far a sample deviates from that.
import type { HeldRun } from './held-run.ts'

/** A sample, and what views have to know of its place in the series. */
export interface SampleContext {
  /** Milliseconds since 1970 in UTC. */
  time: number
  value: number
  /** Which hour it is in local time, counted on from 1970. */
  hour: number
  /** Which quarter of an hour it is in local time, counted on from 1970. */
  quarter: number
  /** Whether samples are missing since the one before. */
  afterGap: boolean
  /** The share of itself that a long memory gives up for this sample, 0 to 1. */
  fading: number
}

/** Of the sample that is learned, what matters to what is learned of it. */
export interface Learning {
  /** Milliseconds since the sample before, or 0 after a gap. */
  step: number
  /** How much of what came before still counts, 0 to 1. */
  kept: number
  /** How much it counts while it is flagged, 0 to 1; null if it was not flagged. */
  flagged: number | null
  /** Whether flagged samples are held back: not on the first day, when nothing is known to be normal. */
  holds: boolean
  /** Whether the anomaly has lasted for so long that it is none of those that come and go at some time of day. */
  stays: boolean
}

/**
 * A view has two memories. The baseline is what is normal: it learns only what was not flagged. The present is the newest
 * few samples: it observes every sample, or nobody could tell when an anomaly ends.
 */
export interface View {
  /** The signed distance from what was expected; null while the view knows too little to expect anything. */
  departure(sample: SampleContext): number | null
  /** If the departure is that of many samples: the same of the newest few. It is over when they are normal. */
  present?(sample: SampleContext): number
  /** The values for which the departure stays below a limit; null if the view has no such band. */
  band(sample: SampleContext, limit: number): Band | null
  /** Adds a normal sample to the baseline. */
  learn(sample: SampleContext): void
  /** Adds any sample to the present, after `learn` or `withhold`. */
  observe?(sample: SampleContext): void
  /** Hears of a flagged sample in place of `learn`. */
  withhold?(sample: SampleContext): void
  /** An anomaly has stayed: its values are the baseline from now on. */
  adopt?(run: HeldRun): void
  /** Whether it learns flagged samples too; its tail does so then. */
  readonly learnsAll?: boolean
  /** Why the view finds a sample unusual: one clause. */
  explain(sample: SampleContext, limit: number): string
  /** Plain JSON. */
  state(): unknown
}

export interface Band {
  lower: number
  upper: number
}

export const bandAround = (centre: number | null, limit: number): Band | null =>
  centre === null ? null : { lower: centre - limit, upper: centre + limit }
