// What people said of events, on its way to the watches of their series.

export interface SeriesFeedback {
  ruleId: number
  seriesId: number
  /**
   * `real`, `false_alarm` and `undo_adoption` are for the detector. `hold` keeps the anomaly at hand from being adopted,
   * `release` takes that back. `expect_recovery`: an event is live again, so that a normal series is to be said again.
   */
  kind: 'real' | 'false_alarm' | 'undo_adoption' | 'hold' | 'release' | 'expect_recovery'
}

/** Kept until it was applied, which happens between two samples; written in the transaction of the event's change. */
export interface FeedbackQueue {
  add(feedback: SeriesFeedback): void
  /** Whether there may be some. */
  isWaiting(): boolean
  /** Inside a transaction: the oldest, which are gone with it. */
  take(limit: number): SeriesFeedback[]
  /** The listener is called right after a commit that added some. */
  onAdded(listener: () => void): void
}
