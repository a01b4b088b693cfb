// Saved states of detectors, and the watermark of evaluation.

export interface SavedState {
  ruleId: number
  seriesId: number
  revision: number
  /** The last sample that is in it. */
  lastSampleId: number
  /** Plain JSON. */
  state: unknown
}

export interface StateStore {
  load(ruleId: number, seriesId: number): SavedState | undefined
  /** Those of a rule that is gone or has another revision by now, and those of a series that is gone, are left out. */
  save(states: readonly SavedState[]): void
  /** All states of a series. */
  remove(seriesId: number): void
  /** The durable mark: every sample of a real series up to this id has been evaluated. */
  evaluatedUpTo(): number
  setEvaluatedUpTo(id: number): void
}
