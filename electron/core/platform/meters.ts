// Measurements of the stages' work. The stages don't know who reads them.

/** Times are in milliseconds. Called on the way of every sample: cheap, and never throws. */
export interface Meters {
  /** Samples were committed; called before the `committed` of their group. */
  stored(samples: number): void
  /** A group of writes was committed: how long the writes and their commit blocked everything else. */
  committed(took: number): void
  /** A chunk of samples was evaluated, and what came of it written. */
  evaluated(took: number): void
  /** One step of the compaction is done. */
  compacted(took: number): void
  /** A request was refused by a guard, a schema or a handler, with this HTTP status. */
  refused(status: number): void
}

/** For whoever opens a stage alone. */
export const noMeters: Meters = { stored() {}, committed() {}, evaluated() {}, compacted() {}, refused() {} }
