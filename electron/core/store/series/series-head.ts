// A series in memory, and the form of its names that searches compare.
import type { SampleMetadata } from '../head/head.ts'

/**
 * A series and the newest of its samples. In its row it stands as of `compactedUpTo`; here it also knows the samples after
 * that, which are in the head log.
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
  /** 0 if all samples are gone, but events still refer to the series: it is hidden then, and has no part in limits. */
  count: number
  /** The newest sample that lies in a block. */
  compactedUpTo: number
  /** The oldest and the newest head sample; 0 if there is none. */
  firstHeadId: number
  lastHeadId: number
  /** What the newest sample carried. */
  metadata: SampleMetadata | undefined
  /** The series whose sample came after this one's the last time: agents post in the same order again and again. */
  follower: SeriesHead | undefined
}

/** Text as the database gives it back: UTF-8 has no lone surrogates. */
export const wellFormed = (text: string) => (text.isWellFormed() ? text : text.toWellFormed())

export const folded = (text: string) => wellFormed(text).toLowerCase()
