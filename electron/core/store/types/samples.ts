// Samples: what goes in, what comes out and how they are kept. Times are milliseconds since 1970 in UTC.
import type { SampleOut, Tags } from '../../../../shared/schemas/sample.ts'

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
  /** Older than the newest of its series when it came: kept, but not evaluated. Never set on a drill's samples. */
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
export interface GroupedSamples {
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
export interface Retention {
  /** Samples older than this become rollups by minute. */
  samplesFrom: number
  /** Rollups by minute older than this become rollups by hour. */
  minutesFrom: number
  /** Whatever is older than this is removed. */
  allFrom: number
  /** Bytes; beyond it, the oldest goes first. */
  mostBytes: number
}

export interface SampleStore {
  /** Inside a transaction. Gives the id of the first; those of the others follow in the same order. */
  append(samples: readonly NewSample[]): number
  /** The last id that was given; 0 if none was. */
  newestId(): number
  /** The newest `limit` samples of a series with `afterId < id < beforeId`, in order of id, late ones left out. */
  recent(seriesId: number, limit: number, bounds?: { afterId?: number; beforeId?: number }): StoredSample[]
  /** The newest `limit` samples with `from <= time <= to` of these series, newest first (time, then id). */
  newest(seriesIds: readonly number[], from: number, to: number, limit: number): SampleOut[]
  /**
   * The next samples of a series with `id > afterId` and `from <= time <= to` from the oldest on, late ones left out: at
   * least `most` and a block more at most, fewer if no more are left. The columns are the caller's own.
   */
  columns(seriesId: number, span: { afterId: number; from: number; to: number }, most: number): Columns
  /**
   * From where to read so that `lead` samples come before the span (as far as there are so many), and about how many
   * samples that are up to its end, late ones left out.
   */
  locate(seriesId: number, span: { from: number; to: number }, lead: number): { from: number; samples: number }
  /** What a series did with `from <= time <= to`, whichever tier holds it, in at most so many points. */
  range(seriesId: number, from: number, to: number, points: number): Point[]
  /** A head sample; undefined if it is not there or compacted already. */
  get(id: number): StoredSample | undefined
  /**
   * The head samples of real series with `fromId <= id <= toId`, late ones left out, grouped by series. Good until the
   * next call.
   */
  groupBySeries(fromId: number, toId: number): GroupedSamples
  /** How many samples are in the head. */
  headSize(): number
  /** Bytes that they take in the log, which is read at the next start. */
  logBytes(): number
  /** What the store holds; bytes are those of the head samples in memory. */
  sizes(): { series: number; hotSamples: number; hotBytes: number; blocks: number }
  /**
   * One small step of compacting the head samples up to this id into blocks; false when there is nothing left to do.
   * Nothing that waits for evaluation may be compacted.
   */
  compact(upToId: number): boolean
  /**
   * Inside a transaction: has the samples of a real series that lie after a time count as late, as those that a wrong
   * clock stamped, so that what comes from now on is in order again. False if that can't be done yet, since some of
   * them are in the head.
   */
  markFutureAsLate(seriesId: number, after: number): boolean
  /** One small step of downsampling what is old; false when there is nothing left to do. */
  downsample(keeping: Retention): boolean
}
