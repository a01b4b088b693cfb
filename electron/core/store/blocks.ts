// The cold tiers on disk: one row for a stretch of one series, with what a coarse look needs beside the packed data.
import type { Database } from 'better-sqlite3'

/** Samples one by one, sums by minute, sums by hour. */
export const TIERS = { samples: 0, minutes: 1, hours: 2 } as const
export type Tier = (typeof TIERS)[keyof typeof TIERS]

/** No block covers more time (milliseconds), so that all that reach into a span are found by their ends. */
export const LONGEST_BLOCK = 31 * 86_400_000

export interface NewBlock {
  series_id: number
  tier: Tier
  /** Whether these samples came late; 0 or 1. */
  late: number
  first_id: number
  last_id: number
  from_time: number
  to_time: number
  count: number
  minimum: number
  maximum: number
  total: number
  data: Uint8Array
}

export interface Block extends NewBlock {
  id: number
  data: Buffer
}

/** What many small blocks amount to within one slice of time. */
export interface Slice {
  slice: number
  from_time: number
  to_time: number
  count: number
  minimum: number
  maximum: number
  total: number
}

type Span = { series: number; from: number; to: number; longest: number }

const OVERLAPPING = 'series_id = @series AND to_time BETWEEN @from AND @to + @longest AND from_time <= @to'

const spanOf = (series: number, from: number, to: number): Span => ({ series, from, to, longest: LONGEST_BLOCK })

export function createBlockTable(client: Database) {
  const insert = client.prepare<[NewBlock]>(
    `INSERT INTO blocks (series_id, tier, late, first_id, last_id, from_time, to_time, count, minimum, maximum, total, data)
     VALUES (@series_id, @tier, @late, @first_id, @last_id, @from_time, @to_time, @count, @minimum, @maximum, @total, @data)`,
  )
  const deletion = client.prepare<[id: number]>('DELETE FROM blocks WHERE id = ?')
  const newestOfSeries = client.prepare<[series: number], Block>(
    'SELECT * FROM blocks WHERE series_id = ? ORDER BY to_time DESC LIMIT 1',
  )
  // Among blocks that are not late, the order of time is the order of id.
  const backwards = client.prepare<[series: number], Block>(
    'SELECT * FROM blocks WHERE series_id = ? AND tier = 0 AND late = 0 ORDER BY to_time DESC, id DESC',
  )
  const backwardsById = client.prepare<[series: number], Block>(
    'SELECT * FROM blocks WHERE series_id = ? AND tier = 0 ORDER BY last_id DESC',
  )
  const samplesIn = client.prepare<[Span], Block>(
    `SELECT * FROM blocks WHERE ${OVERLAPPING} AND tier = 0 ORDER BY to_time DESC`,
  )
  const wideIn = client.prepare<[Span & { width: number }], Block>(
    `SELECT * FROM blocks WHERE ${OVERLAPPING}
     AND (to_time - from_time >= @width OR from_time < @from OR to_time > @to)`,
  )
  const slicesIn = client.prepare<[Span & { width: number }], Slice>(
    `SELECT ((from_time + to_time) / 2 - @from) / @width AS slice, min(from_time) AS from_time, max(to_time) AS to_time,
       sum(count) AS count, min(minimum) AS minimum, max(maximum) AS maximum, sum(total) AS total
     FROM blocks WHERE ${OVERLAPPING} AND to_time - from_time < @width AND from_time >= @from AND to_time <= @to
     GROUP BY slice`,
  )
  const count = client.prepare<[], number>('SELECT count(*) FROM blocks').pluck()
  const oldest = client.prepare<[tier: number, before: number, limit: number], Block>(
    'SELECT * FROM blocks WHERE tier = ? AND to_time < ? ORDER BY to_time LIMIT ?',
  )
  const sumsAt = client.prepare<[{ series: number; tier: number; from: number; to: number }], Block>(
    'SELECT * FROM blocks WHERE series_id = @series AND to_time BETWEEN @from AND @to AND tier = @tier LIMIT 1',
  )
  return {
    insert: (block: NewBlock) => void insert.run(block),
    remove: (id: number) => void deletion.run(id),
    /** The one with the newest sample, of whatever tier. */
    newestOf: (seriesId: number) => newestOfSeries.get(seriesId),
    /** Blocks of samples that are not late, newest first; `byId` where times go back and forth, as in drills. */
    backwards: (seriesId: number, byId: boolean) => (byId ? backwardsById : backwards).iterate(seriesId),
    /** Blocks of samples that reach into the span, those that end last first. */
    samplesIn: (seriesId: number, from: number, to: number) => samplesIn.iterate(spanOf(seriesId, from, to)),
    /** Blocks of all tiers that reach into the span and are at least so wide, or reach beyond it. */
    wideIn: (seriesId: number, from: number, to: number, width: number) =>
      wideIn.iterate({ ...spanOf(seriesId, from, to), width }),
    /** All others that lie in the span, summed up by the slice of this width in which their middle lies. */
    slicesIn: (seriesId: number, from: number, to: number, width: number) =>
      slicesIn.all({ ...spanOf(seriesId, from, to), width }),
    /** Blocks of a tier that end before a time, those that end first first. */
    oldest: (tier: Tier, before: number, limit: number) => oldest.all(tier, before, limit),
    /** The block of sums that ends within the span. */
    sumsAt: (series: number, tier: Tier, from: number, to: number) => sumsAt.get({ series, tier, from, to }),
    count: () => count.get() ?? 0,
  }
}
export type BlockTable = ReturnType<typeof createBlockTable>
