// Samples: appends, queries and retention. Times are milliseconds since 1970 in UTC.
import type { SampleOut, Tags } from '../../../../shared/schemas/sample.ts'

export interface NewSample {
  source: string
  metricType: string
  value: number
  unit: string | null
  tags: Tags | null
  serverId: number | null
  time: number
  /** Belongs to the drill's copy of the series, which shares nothing with the real one. */
  drill: boolean
}

export interface StoredSample extends NewSample {
  /** Rises in the order of arrival, over all series. */
  id: number
  seriesId: number
  /** Older than the newest of its series when it came: kept, but not evaluated. Never set on a drill's samples. */
  late: boolean
}

/** The samples of a series in one slice of time, summarized; `from` and `to` are the times of the first and last. */
export interface Point {
  from: number
  to: number
  count: number
  min: number
  max: number
  mean: number
}

/** Samples in columns, grouped by series, each series in the order of ids. */
export interface GroupedSamples {
  ids: Float64Array
  times: Float64Array
  values: Float64Array
  /** The samples of a series are from `start` to `end` (exclusive); in the order of their first samples. */
  runs: { seriesId: number; start: number; end: number }[]
}

/** Samples of one series in columns, in the order of ids. */
export interface Columns {
  ids: Float64Array
  /** Milliseconds since 1970. */
  times: Float64Array
  values: Float64Array
}

/** How long history is kept. Times are milliseconds since 1970. */
export interface Retention {
  /** Samples older than this become rollups by minute. */
  samplesFrom: number
  /** Rollups by minute older than this become rollups by hour. */
  minutesFrom: number
  /** Everything older than this is removed. */
  allFrom: number
  /** The maximum size in bytes; above it, the oldest are removed first. */
  mostBytes: number
}

export interface SampleStore {
  /** Inside a transaction. Returns the id of the first; those of the others follow in the same order. */
  append(samples: readonly NewSample[]): number
  /** The last id that was assigned; 0 if none was. */
  newestId(): number
  /** The newest `limit` samples of a series with `afterId < id < beforeId`, in order of id, late ones left out. */
  recent(seriesId: number, limit: number, bounds?: { afterId?: number; beforeId?: number }): StoredSample[]
  /** The newest `limit` samples with `from <= time <= to` of these series, newest first (time, then id). */
  newest(seriesIds: readonly number[], from: number, to: number, limit: number): SampleOut[]
  /**
   * The next samples of a series with `id > afterId` and `from <= time <= to` from the oldest on, late ones left out:
   * at least `most` and a block more at most, fewer if no more are left. The columns are the caller's own.
   */
  columns(seriesId: number, span: { afterId: number; from: number; to: number }, most: number): Columns
  /**
   * The time to read from so that `lead` samples are before the span (if there are that many), and the approximate
   * number of samples from there to its end, late ones left out.
   */
  locate(seriesId: number, span: { from: number; to: number }, lead: number): { from: number; samples: number }
  /** The history of a series with `from <= time <= to` in at most this many points, from all tiers. */
  range(seriesId: number, from: number, to: number, points: number): Point[]
  /** A head sample; undefined if it is not there or compacted already. */
  get(id: number): StoredSample | undefined
  /**
   * The head samples of real series with `fromId <= id <= toId`, late ones left out, grouped by series. Valid until the
   * next call.
   */
  groupBySeries(fromId: number, toId: number): GroupedSamples
  /** The number of samples in the head. */
  headSize(): number
  /** Bytes of the log, which is read at the next start. */
  logBytes(): number
  /** The size of the store; `headBytes` is the memory of the head. */
  sizes(): { series: number; headSamples: number; headBytes: number; blocks: number }
  /**
   * One small step of compacting the head samples up to this id into blocks; false when there is nothing left to do.
   * Samples that wait for evaluation must not be compacted.
   */
  compact(upToId: number): boolean
  /**
   * Inside a transaction: marks the samples of a real series after a time as late, since a wrong clock dated them in
   * the future, so that new samples are in order again. False if it is too early, since some of them are in the head.
   */
  markFutureAsLate(seriesId: number, after: number): boolean
  /** One small step of downsampling old samples; false when there is nothing left to do. */
  downsample(keeping: Retention): boolean
}
