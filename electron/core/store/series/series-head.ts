// A series in memory, and the form of its names that searches compare.
import type { SampleMetadata } from '../head/head.ts'

/**
 * A series and the newest of its samples. Its row covers the samples up to `compactedUpTo`; the head also covers those
 * after it, which are in the log.
 */
export interface SeriesHead {
  readonly id: number
  readonly source: string
  readonly metricType: string
  readonly sourceFolded: string
  readonly metricTypeFolded: string
  readonly drill: boolean
  unit: string | null
  lastValue: number
  lastTime: number
  lastSampleId: number
  /** 0 if all samples are removed, but events still refer to the series: it is hidden then and counts for no limit. */
  count: number
  /** The id of the newest sample in a block. */
  compactedUpTo: number
  /** The ids of the oldest and the newest head sample; 0 if there is none. */
  firstHeadId: number
  lastHeadId: number
  /** The metadata of the newest sample. */
  metadata: SampleMetadata | undefined
  /** The series whose sample followed the last time, as a guess: agents post in the same order every time. */
  follower: SeriesHead | undefined
}

/** Text as the database returns it: UTF-8 has no lone surrogates. */
export const wellFormed = (text: string) => (text.isWellFormed() ? text : text.toWellFormed())

export const folded = (text: string) => wellFormed(text).toLowerCase()
