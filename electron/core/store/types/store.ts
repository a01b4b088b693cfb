// The interface of the store. Times are milliseconds since 1970 in UTC.
import type { Summary } from '../../../../shared/schemas/summary.ts'
import type { SampleStore } from './samples.ts'
import type { SeriesCatalog } from './series.ts'
import type { SourceStore } from './sources.ts'
import type { RuleStore, RuleChangeStore } from './rules.ts'
import type { RuleStats, EventStore } from './events.ts'
import type { IncidentStore } from './incidents.ts'
import type { NotificationStore } from './notifications.ts'
import type { SilenceStore, WindowStore } from './silences.ts'
import type { ChangeLog } from './changes.ts'
import type { FeedbackQueue } from './feedback.ts'
import type { StateStore } from './states.ts'
import type { IdempotencyStore } from './idempotency.ts'

export interface Store {
  readonly samples: SampleStore
  readonly series: SeriesCatalog
  readonly sources: SourceStore
  readonly rules: RuleStore
  readonly ruleChanges: RuleChangeStore
  readonly events: EventStore
  readonly incidents: IncidentStore
  readonly notifications: NotificationStore
  readonly silences: SilenceStore
  readonly windows: WindowStore
  readonly changes: ChangeLog
  readonly states: StateStore
  readonly feedback: FeedbackQueue
  readonly idempotency: IdempotencyStore
  /** Counted by the database, over live events, and events and samples since `since`; `tz` is an IANA zone for daily_trend. */
  summary(since: number, tz: string): Omit<Summary, 'period_hours'>
  /** Counted by the database. */
  readonly budget: {
    /** Of a rule; `since` is the beginning of a day in UTC, nights begin and end with a quarter. */
    ruleStats(since: number, nights: readonly { from: number; to: number }[]): (ruleId: number) => RuleStats
    newestFalseAlarm(ruleId: number): number | null
  }
  /** Small settings that survive a restart. */
  readonly settings: { get(key: string): string | undefined; set(key: string, value: string): void }
  /**
   * Group commit: the writes of one turn of the event loop are committed in one transaction. Resolves after the commit.
   * A write that throws is rolled back alone and rejects; the others succeed.
   */
  commit<T>(write: () => T): Promise<T>
  /** Runs now, in a transaction of its own. */
  transaction<T>(write: () => T): T
  /** During a checkpoint, `commit` waits for some milliseconds, and so should everything else that writes much. */
  isPaused(): boolean
  /**
   * Outside of a transaction: switches durable writes on or off. With them, each commit waits until it is on the disk.
   * Without them, a power failure may lose the newest commits; a crash of the process loses none either way.
   */
  setDurableWrites(isOn: boolean): void
  /**
   * The listener is called right after a commit that stored samples, in the same turn of the event loop, for `commit`
   * and for `transaction`. It is never called for samples that were rolled back.
   */
  onAppended(listener: (firstId: number, count: number) => void): void
  /**
   * The listener is called with a reason (the end of a sentence) when writes begin to fail, and with `undefined` when
   * they succeed again. Meanwhile, writes throw AppError UNAVAILABLE.
   */
  onWriteFailure(listener: (reason: string | undefined) => void): void
  close(): void
}
