// What the rest of the program sees of the store. Times are milliseconds since 1970 in UTC.
import type { Summary } from '../../../../shared/schemas/summary.ts'
import type { SampleStore } from './samples.ts'
import type { SeriesCatalog } from './series.ts'
import type { SourceStore } from './sources.ts'
import type { RuleStore, RuleChangeStore } from './rules.ts'
import type { RuleStats, EventStore } from './events.ts'
import type { IncidentStore } from './incidents.ts'
import type { SilenceStore, WindowStore } from './silences.ts'
import type { ChangeLog } from './changes.ts'
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
  readonly silences: SilenceStore
  readonly windows: WindowStore
  readonly changes: ChangeLog
  readonly states: StateStore
  readonly idempotency: IdempotencyStore
  /** Counted by the database, over events and samples since `since`; `tz` is an IANA zone for daily_trend. */
  summary(since: number, tz: string): Omit<Summary, 'period_hours'>
  /** Counted by the database. */
  readonly budget: {
    /** Of a rule; `since` is the beginning of a day in UTC, nights begin and end with a quarter. */
    worth(since: number, nights: readonly { from: number; to: number }[]): (ruleId: number) => RuleStats
    newestFalseAlarm(ruleId: number): number | null
  }
  /** Small settings that outlive a restart. */
  readonly settings: { get(key: string): string | undefined; set(key: string, value: string): void }
  /**
   * Group commit: what is handed over in one turn of the event loop is committed in one transaction. Resolves after
   * the commit. A write that throws is undone alone and rejects; the others go through.
   */
  commit<T>(write: () => T): Promise<T>
  /** Runs now, in a transaction of its own. */
  transaction<T>(write: () => T): T
  /** For some milliseconds now and then, `commit` waits, and so should whatever else writes much. */
  isPaused(): boolean
  /**
   * Outside of a transaction: whether commits wait from now on until the disk has them. Else a loss of power may take
   * the newest; a process that dies takes none either way.
   */
  setDurableWrites(safe: boolean): void
  /**
   * Tells right after a commit of the samples that it stored, still in its turn of the event loop, whichever of `commit`
   * and `transaction` they came by; never of samples that were rolled back.
   */
  onAppended(listener: (firstId: number, count: number) => void): void
  /**
   * Tells why nothing can be written (the end of a sentence) when that begins, and `undefined` when something was
   * written again. What is refused meanwhile throws AppError OVERLOADED.
   */
  onWriteFailure(listener: (reason: string | undefined) => void): void
  close(): void
}
