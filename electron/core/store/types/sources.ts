// Sources as a whole, and deleting them.

/** How much there is of a source, drills too. */
export interface SourceSize {
  series: number
  /** Rollups by minute or hour count as the samples that they were made of. */
  samples: number
}

/** How much there is of several. */
export interface SourcesSize extends SourceSize {
  sources: number
  liveEvents: number
}

/** Of exactly this name, or all whose names a glob matches. */
export type SourceSelector = string | { glob: string }

export interface SourceStore {
  /** Of exactly this source; undefined if there is nothing. */
  get(source: string): SourceSize | undefined
  /** Of those that have samples and whose names a glob matches. */
  matching(glob: string): SourcesSize
  /**
   * Inside a transaction: what is named is to go, with its series, their samples and what was learned from them; events
   * stay. From now on nothing of it may be appended until it is gone. It continues after a restart.
   */
  markForDeletion(named: SourceSelector): void
  /** What is to go, in the order of its naming. */
  pendingDeletion(): readonly SourceSelector[]
  isPendingDeletion(source: string): boolean
  /**
   * Inside a transaction: one small step; false when there is nothing left to do.
   *
   * @param onGone called for each series of which nothing is left; it counts as a part of the step
   */
  deleteSome(onGone: (seriesId: number) => void): boolean
}
