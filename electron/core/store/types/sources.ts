// Sources: their sizes and their deletion.

/** The size of a source, drills included. */
export interface SourceSize {
  series: number
  /** Rollups count as the samples that they were made of. */
  samples: number
}

/** The size of several sources. */
export interface SourcesSize extends SourceSize {
  sources: number
  liveEvents: number
}

/** Selects the source of exactly this name, or all whose names a glob matches. */
export type SourceSelector = string | { glob: string }

export interface SourceStore {
  /** The size of exactly this source; undefined if it has no samples. */
  get(source: string): SourceSize | undefined
  /** The size of all sources with samples whose names a glob matches. */
  matching(glob: string): SourcesSize
  /**
   * Inside a transaction: marks sources for deletion, with their series, samples and detector states; events stay. No
   * samples of them may be appended until they are deleted. The deletion continues after a restart.
   */
  markForDeletion(named: SourceSelector): void
  /** What is marked for deletion, in the order of marking. */
  pendingDeletion(): readonly SourceSelector[]
  isPendingDeletion(source: string): boolean
  /**
   * Inside a transaction: one small step; false when there is nothing left to do.
   *
   * @param onGone called for each series that is deleted, within the step
   */
  deleteSome(onGone: (seriesId: number) => void): boolean
}
