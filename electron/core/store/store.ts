// What the rest of the program sees of the store. Times are milliseconds since 1970 in UTC.
import type { Change } from '../../../shared/schemas/change.ts'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import type { Event, Severity, Status, TimelineEntry } from '../../../shared/schemas/event.ts'
import type { MaintenanceWindow, Silence } from '../../../shared/schemas/quiet.ts'
import type { RuleChange } from '../../../shared/schemas/rule-change.ts'
import type { Rule, RuleIn, RulePatch } from '../../../shared/schemas/rule.ts'
import type { SampleOut, Tags } from '../../../shared/schemas/sample.ts'
import type { Series } from '../../../shared/schemas/series.ts'
import type { Settings } from '../../../shared/schemas/settings.ts'
import type { Summary } from '../../../shared/schemas/summary.ts'

export interface NewSample {
  source: string
  metricType: string
  value: number
  unit: string | null
  tags: Tags | null
  serverId: number | null
  time: number
  /** Belongs to a drill's shadow of the series, which shares nothing with the real one. */
  drill: boolean
}

export interface StoredSample extends NewSample {
  /** Rises in the order of arrival, over all series. */
  id: number
  seriesId: number
  /** Older than the newest of its series when it came: kept, but not judged. Never set on a drill's samples. */
  late: boolean
}

/** What a series did in one slice of time; times are those of its first and last sample. */
export interface Point {
  from: number
  to: number
  count: number
  min: number
  max: number
  mean: number
}

/** Samples side by side, series by series, each in the order of its ids. */
export interface Gathering {
  ids: Float64Array
  times: Float64Array
  values: Float64Array
  /** Those of a series lie from `start` up to `end`, which is not one of them; in the order of their first samples. */
  runs: { seriesId: number; start: number; end: number }[]
}

/** Samples of one series side by side, in the order of their ids. */
export interface Columns {
  ids: Float64Array
  /** Milliseconds since 1970. */
  times: Float64Array
  values: Float64Array
}

/** How long history is kept. Times are milliseconds since 1970. */
export interface Keeping {
  /** Samples older than this become sums by minute. */
  samplesFrom: number
  /** Sums by minute older than this become sums by hour. */
  minutesFrom: number
  /** Whatever is older than this is removed. */
  allFrom: number
  /** Bytes; beyond it, the oldest goes first. */
  mostBytes: number
}

export interface SampleStore {
  /** Inside a transaction. Gives the id of the first; those of the others follow in the same order. */
  append(samples: readonly NewSample[]): number
  /** The last id that was given; 0 where none was. */
  newestId(): number
  /** The newest `limit` samples of a series with `afterId < id < beforeId`, in order of id, late ones left out. */
  recent(seriesId: number, limit: number, bounds?: { afterId?: number; beforeId?: number }): StoredSample[]
  /** The newest `limit` samples with `from <= time <= to` of these series, newest first (time, then id). */
  newest(seriesIds: readonly number[], from: number, to: number, limit: number): SampleOut[]
  /**
   * The next samples of a series with `id > afterId` and `from <= time <= to` from the oldest on, late ones left out: at
   * least `most` and a block more at most, fewer where no more are left. The columns are the caller's own.
   */
  columns(seriesId: number, span: { afterId: number; from: number; to: number }, most: number): Columns
  /**
   * From where to read so that `lead` samples come before the span (as far as there are so many), and about how many
   * samples that are up to its end, late ones left out.
   */
  stretch(seriesId: number, span: { from: number; to: number }, lead: number): { from: number; samples: number }
  /** What a series did with `from <= time <= to`, whichever tier holds it, in at most so many points. */
  range(seriesId: number, from: number, to: number, points: number): Point[]
  /** A hot sample; undefined where it is not there or packed already. */
  get(id: number): StoredSample | undefined
  /**
   * The hot samples of real series with `fromId <= id <= toId`, late ones left out, gathered by series. Good until the
   * next call.
   */
  gather(fromId: number, toId: number): Gathering
  /** How many samples are hot. */
  hot(): number
  /** Bytes that they take in the log, which is read at the next start. */
  logBytes(): number
  /** What the store holds; bytes are those of the hot samples in memory. */
  sizes(): { series: number; hotSamples: number; hotBytes: number; blocks: number }
  /**
   * One small step of packing the hot samples up to this id into blocks; false when there is nothing left to do.
   * Nothing that waits for its judgement may be packed.
   */
  pack(upToId: number): boolean
  /**
   * Inside a transaction: has the samples of a real series that lie after a time count as late, as those that a wrong
   * clock stamped, so that what comes from now on is in order again. False where that can't be done yet, since some of
   * them are hot.
   */
  setApart(seriesId: number, after: number): boolean
  /** One small step of thinning out what is old; false when there is nothing left to do. */
  thin(keeping: Keeping): boolean
}

interface SeriesFilter {
  source?: string | undefined
  metricType?: string | undefined
  /** Only series whose newest sample is older than this. */
  seenBefore?: number | undefined
  limit: number
  offset: number
}

/** A series as of now. */
export interface SeriesNews {
  id: number
  source: string
  metricType: string
  /** Time and id of its newest sample, late ones left out. */
  lastTime: number
  lastSampleId: number
  /** Its newest sample that is not packed yet, late or not; 0 where there is none. */
  lastHotId: number
}

/** How many series there may be; those of drills count too. */
export type SeriesLimits = Pick<Settings, 'most_series' | 'most_series_of_source'>

export interface Shortage {
  /** The first sample that has no room. */
  index: number
  limit: 'series' | 'series_of_source'
  /** So many there may be. */
  most: number
}

export interface SeriesCatalog {
  /** Real series, ordered by source and metric type; both texts match anywhere in the name, in any case, literally. */
  list(filter: SeriesFilter): Series[]
  /** Series of exactly this source; `metricType` in any case; `drill` picks shadows or real ones, both if left out. */
  ofSource(
    source: string,
    filter?: { metricType?: string | undefined; drill?: boolean | undefined },
  ): { id: number; metricType: string; drill: boolean; unit: string | null }[]
  /** All real series, in the order of source and metric type. */
  all(): SeriesNews[]
  /** Whether the series that these samples would make have room; undefined where they have. */
  shortage(
    samples: readonly Pick<NewSample, 'source' | 'metricType' | 'drill'>[],
    limits: SeriesLimits,
  ): Shortage | undefined
  /** The real series of exactly this name. */
  find(source: string, metricType: string): { id: number; unit: string | null } | undefined
}

/** How much there is of a source, drills too. */
export interface SourceSize {
  series: number
  /** Sums by minute or hour count as the samples that they were made of. */
  samples: number
}

/** How much there is of several. */
export interface SourcesSize extends SourceSize {
  sources: number
  liveEvents: number
}

/** Of exactly this name, or all whose names a glob matches. */
export type SourceNaming = string | { glob: string }

export interface SourceStore {
  /** Of exactly this source; undefined where there is nothing. */
  get(source: string): SourceSize | undefined
  /** Of those that have samples and whose names a glob matches. */
  matching(glob: string): SourcesSize
  /**
   * Inside a transaction: what is named is to go, with its series, their samples and what was learned from them; events
   * stay. From now on nothing of it may be appended until it is gone. It goes on where it was after a restart.
   */
  forget(named: SourceNaming): void
  /** What is to go, in the order of its naming. */
  leaving(): readonly SourceNaming[]
  isLeaving(source: string): boolean
  /**
   * Inside a transaction: one small step; false when there is nothing left to do.
   *
   * @param onGone called for each series of which nothing is left; it counts as a part of the step
   */
  forgetSome(onGone: (seriesId: number) => void): boolean
}

export interface RuleStore {
  all(): StoredRule[]
  get(id: number): StoredRule | undefined
  /** Names are compared exactly. */
  byName(name: string): StoredRule | undefined
  insert(rule: RuleIn, at: number): StoredRule
  update(id: number, patch: RulePatch, at: number): StoredRule
  remove(id: number): void
}

/** Gone with their rule. */
export interface RuleChangeStore {
  /** Newest first. */
  ofRule(ruleId: number): RuleChange[]
  get(id: number): RuleChange | undefined
  insert(change: Omit<RuleChange, 'id' | 'undone_at'>): RuleChange
  markUndone(id: number, at: string): void
}

/** `revision` rises with every change, so that a detector state of an older revision is known as such. */
export interface StoredRule extends Rule {
  revision: number
}

export interface StoredEvent extends Event {
  series_id: number
  /** The newest sample that it gathered. */
  last_sample_id: number
}

/** An event to be: `incident_id` null makes the event an incident of its own. */
export type NewEvent = Omit<StoredEvent, 'id' | 'incident_id'> & { incident_id: number | null }

/** Fields of an event that change in its life. */
export type EventPatch = Partial<
  Pick<
    StoredEvent,
    | 'severity'
    | 'status'
    | 'last_seen_at'
    | 'last_sample_id'
    | 'occurrences'
    | 'peak_value'
    | 'acknowledged_at'
    | 'acknowledged_by'
    | 'resolved_at'
    | 'resolved_by'
    | 'flapping'
    | 'silenced_by'
    | 'silence_id'
    | 'silenced_until'
  >
>

export interface EventFilter {
  status?: Status | undefined
  severity?: Severity | undefined
  source?: string | undefined
  metricType?: string | undefined
  /** Whether it is silenced, or was when it ended. */
  silenced?: boolean | undefined
  incidentId?: number | undefined
  ruleId?: number | undefined
  since: number
  limit: number
  offset: number
}

/** What one more anomaly changes in a live event. */
type Gathered = Required<Pick<EventPatch, 'occurrences' | 'last_seen_at' | 'last_sample_id' | 'peak_value'>>

/** How many real events of a rule there were, and what became of them. */
export type RuleWorth = Omit<
  RuleBudget,
  'rule_id' | 'rings_per_week' | 'night_rings_per_week' | 'precision' | 'mostly_false' | 'false_alarm_id'
>

/** Times in milliseconds since 1970. */
export interface SaidEventRow {
  series_id: number
  began_at: number
  last_seen_at: number
  said: 'confirmed' | 'false'
}

export interface EventStore {
  insert(event: NewEvent): StoredEvent
  update(id: number, patch: EventPatch): StoredEvent
  /** Rises with every `update`, so that who remembers events knows when to read them anew. */
  edition(): number
  /** Writes what a live event gathered and nothing else, at a fraction of the cost of an update. */
  gather(id: number, gathered: Gathered): void
  get(id: number): StoredEvent | undefined
  /** The event of a rule on a real series that was raised last, whatever its status and the time of its samples. */
  newest(ruleId: number, seriesId: number): StoredEvent | undefined
  /** The newest event of a source detected in `from <= detected_at <= to`, drills apart from real ones. */
  newestOfSource(source: string, drill: boolean, from: number, to: number): StoredEvent | undefined
  /** By detected_at, newest first, then by id. */
  list(filter: EventFilter): StoredEvent[]
  /** Those of the same series that were detected before an event, newest first. */
  earlier(event: Pick<StoredEvent, 'id' | 'series_id' | 'detected_at'>, limit: number): StoredEvent[]
  /**
   * Those detected in `from <= detected_at <= to` that are nearest to `time`: so many before it and so many after it,
   * the newest first; `seriesIds` leaves only theirs.
   */
  near(time: number, span: { from: number; to: number; seriesIds?: readonly number[] }, limit: number): StoredEvent[]
  /** How many real events are OPEN and CRITICAL and not silenced. */
  openCriticals(): number
  /** How many events are OPEN or ACKNOWLEDGED, drills too. */
  live(): number
  /** Ids of the events that are OPEN or ACKNOWLEDGED, drills too, in their order. */
  liveIds(): number[]
  /** Those of them whose silence, window or snooze has run out at `time`. */
  silencedUpTo(time: number): number[]
  /** Real events of a rule that are OPEN or ACKNOWLEDGED; those of rules that were deleted for null. */
  liveOfRule(ruleId: number | null): StoredEvent[]
  /** The events of a series that are OPEN or ACKNOWLEDGED, drills too. */
  liveOfSeries(seriesId: number): StoredEvent[]
  /**
   * The real events of a rule detected in `from <= detected_at <= to` of which a person said what they were worth: false
   * alarms, and those that were acknowledged or resolved. In the order of their beginning.
   */
  saidOfRule(ruleId: number, from: number, to: number): SaidEventRow[]
  /** The real series on which a rule raised events in `from <= detected_at <= to`, those with most events first. */
  seriesOfRule(ruleId: number, from: number, to: number, limit: number): number[]
  /** Drills that are OPEN or ACKNOWLEDGED and were detected before `time`. */
  drillsBefore(time: number): StoredEvent[]
  /**
   * Inside a transaction: one small step of removing events that were over before `time` (milliseconds since 1970), and
   * the oldest of those that are over where there are more than `most`; false when there is nothing left to do.
   */
  thin(time: number, most: number): boolean
  addToTimeline(eventId: number, entry: Omit<TimelineEntry, 'id'>): void
  timeline(eventId: number): TimelineEntry[]
}

/** `get` and `update` throw 404 where there is no such row. */
export interface SilenceStore {
  /** Those that end last first. */
  list(limit: number, offset: number): Silence[]
  /** Those that end after `time`, in force or to come, in the order of their making. */
  endingAfter(time: number): Silence[]
  get(id: number): Silence
  /** Of those that are over by `now`, only the newest stay. */
  forgetPast(now: number, kept: number): void
  insert(silence: Omit<Silence, 'id'>): Silence
  /** Replaces the one of the same id. */
  update(silence: Silence): Silence
}

/** `get`, `update` and `remove` throw 404 where there is no such row. */
export interface WindowStore {
  /** In the order of their making. */
  all(): MaintenanceWindow[]
  get(id: number): MaintenanceWindow
  insert(window: Omit<MaintenanceWindow, 'id'>): MaintenanceWindow
  /** Replaces the one of the same id. */
  update(window: MaintenanceWindow): MaintenanceWindow
  remove(id: number): void
}

/** The rising sequence of changes, each with the event as it was then; only the newest are kept. */
export interface ChangeLog {
  append(kind: Change['kind'], event: StoredEvent): Change
  /** Changes with a larger id, in order. */
  after(id: number, limit: number): Change[]
  /** Ids of the oldest change kept and of the newest ever made; 0 where there was none. */
  bounds(): { oldest: number; newest: number }
}

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
  forget(seriesId: number): void
  /** The durable mark: every sample of a real series up to this id has been judged. */
  judgedUpTo(): number
  setJudgedUpTo(id: number): void
}

export interface RememberedAnswer {
  path: string
  key: string
  /** Digest of the body that came with the key. */
  digest: string
  answer: unknown
  at: number
}

export interface IdempotencyStore {
  find(path: string, key: string): RememberedAnswer | undefined
  remember(answer: RememberedAnswer): void
  /** How many are kept, or a little more than that. */
  size(): number
  forgetBefore(time: number): void
  /** Sets the time of all that is kept. */
  renew(at: number): void
}

export interface Store {
  readonly samples: SampleStore
  readonly series: SeriesCatalog
  readonly sources: SourceStore
  readonly rules: RuleStore
  readonly ruleChanges: RuleChangeStore
  readonly events: EventStore
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
    worth(since: number, nights: readonly { from: number; to: number }[]): (ruleId: number) => RuleWorth
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
  held(): boolean
  /**
   * Outside of a transaction: whether commits wait from now on until the disk has them. Else a loss of power may take
   * the newest; a process that dies takes none either way.
   */
  setPowerLossSafe(safe: boolean): void
  /**
   * Tells right after a commit of the samples that it stored, still in its turn of the event loop, whichever of `commit`
   * and `transaction` they came by; never of samples that were rolled back.
   */
  onAppended(listener: (firstId: number, count: number) => void): void
  /**
   * Tells why nothing can be written (the end of a sentence) when that begins, and `undefined` when something was
   * written again. What is refused meanwhile throws AppError 503.
   */
  onTrouble(listener: (trouble: string | undefined) => void): void
  close(): void
}
