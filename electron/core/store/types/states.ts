// Saved states of detectors, and the watermark of evaluation.

export interface SavedState {
  ruleId: number
  seriesId: number
  revision: number
  /** The id of the last sample in it. */
  lastSampleId: number
  /** Plain JSON. */
  state: unknown
}

export interface StateStore {
  load(ruleId: number, seriesId: number): SavedState | undefined
  /** Skips states of a removed rule, an older revision or a removed series. */
  save(states: readonly SavedState[]): void
  /** Removes all states of a series. */
  remove(seriesId: number): void
  /** The durable watermark: every sample of a real series up to this id is evaluated. */
  evaluatedUpTo(): number
  setEvaluatedUpTo(id: number): void
}
