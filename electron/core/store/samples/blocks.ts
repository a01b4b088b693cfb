// The blocks on disk, in tiers: one row for a segment of one series, with its rollup beside the encoded data.
import type { Database } from 'better-sqlite3'
import { DAY } from '../../../../shared/domain/time.ts'
import type { Rollups } from './rollups.ts'

/** Raw samples, rollups by minute, rollups by hour. */
export const TIERS = { samples: 0, minutes: 1, hours: 2 } as const
export type Tier = (typeof TIERS)[keyof typeof TIERS]

/** No block covers more time (milliseconds), so that blocks that overlap a span are found by their ends. */
const MAX_BLOCK_SPAN = 31 * DAY

export interface NewBlock {
  series_id: number
  tier: Tier
  /** Whether these samples are late; 0 or 1. */
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

/** What a query at low resolution needs. */
export interface BlockHead extends Rollups {
  id: number
  tier: Tier
}

type HeadRow = [
  id: number,
  tier: Tier,
  from: number,
  to: number,
  count: number,
  min: number,
  max: number,
  total: number,
]

type Span = { series: number; from: number; to: number; longest: number }

// Without a hint, SQLite uses the index by time for some of these queries and reads the blocks of all series.
const OF_SERIES = 'FROM blocks INDEXED BY blocks_by_series WHERE series_id'

const OVERLAPPING = `${OF_SERIES} = @series AND to_time BETWEEN @from AND @to + @longest AND from_time <= @to`

const spanOf = (series: number, from: number, to: number): Span => ({ series, from, to, longest: MAX_BLOCK_SPAN })

export function createBlockTable(client: Database) {
  const insert = client.prepare<[NewBlock]>(
    `INSERT INTO blocks (series_id, tier, late, first_id, last_id, from_time, to_time, count, minimum, maximum, total, data)
     VALUES (@series_id, @tier, @late, @first_id, @last_id, @from_time, @to_time, @count, @minimum, @maximum, @total, @data)`,
  )
  const across = client.prepare<[{ series: number; time: number }], Block>(
    `SELECT * ${OF_SERIES} = @series AND to_time > @time AND from_time <= @time AND tier = 0 AND late = 0`,
  )
  const markLate = client.prepare<[series: number, after: number]>(
    `UPDATE blocks INDEXED BY blocks_by_series SET late = 1
     WHERE series_id = ? AND to_time > ? AND tier = 0 AND late = 0`,
  )
  const deletion = client.prepare<[id: number]>('DELETE FROM blocks WHERE id = ?')
  const newestOfSeries = client.prepare<[series: number], Block>(
    `SELECT * ${OF_SERIES} = ? AND tier = 0 AND late = 0 ORDER BY to_time DESC LIMIT 1`,
  )
  // Blocks that are not late have the same order by time and by id.
  const backwards = client.prepare<[series: number], Block>(
    `SELECT * ${OF_SERIES} = ? AND tier = 0 AND late = 0 ORDER BY to_time DESC, id DESC`,
  )
  const backwardsById = client.prepare<[series: number], Block>(
    `SELECT * ${OF_SERIES} = ? AND tier = 0 ORDER BY last_id DESC`,
  )
  const samplesIn = client.prepare<[Span], Block>(`SELECT * ${OVERLAPPING} AND tier = 0 ORDER BY to_time DESC, id DESC`)
  // Blocks that are not late have the same order by time and by id.
  const after = client
    .prepare<[{ series: number; from: number; afterId: number }], [from: number, data: Buffer]>(
      `SELECT from_time, data ${OF_SERIES} = @series AND to_time >= @from AND tier = 0 AND late = 0 AND last_id > @afterId
       ORDER BY to_time, last_id`,
    )
    .raw()
  const before = client
    .prepare<[series: number, time: number], [from: number, to: number, count: number]>(
      `SELECT from_time, to_time, count ${OF_SERIES} = ? AND from_time <= ? AND tier = 0 AND late = 0
       ORDER BY to_time DESC`,
    )
    .raw()
  // The index covers all these columns.
  const headsIn = client
    .prepare<[Span], HeadRow>(`SELECT id, tier, from_time, to_time, count, minimum, maximum, total ${OVERLAPPING}`)
    .raw()
  const dataOf = client.prepare<[id: number], Buffer>('SELECT data FROM blocks WHERE id = ?').pluck()
  const count = client.prepare<[], number>('SELECT count(*) FROM blocks').pluck()
  const oldest = client.prepare<[tier: number, before: number, limit: number], Block>(
    'SELECT * FROM blocks WHERE tier = ? AND to_time < ? ORDER BY to_time LIMIT ?',
  )
  const ofSeries = client.prepare<[series: number, limit: number], Block>(`SELECT * ${OF_SERIES} = ? LIMIT ?`)
  const rollupsAt = client.prepare<[{ series: number; tier: number; from: number; to: number }], Block>(
    `SELECT * ${OF_SERIES} = @series AND to_time BETWEEN @from AND @to AND tier = @tier LIMIT 1`,
  )
  return {
    insert: (block: NewBlock) => void insert.run(block),
    remove: (id: number) => void deletion.run(id),
    /** Blocks of samples that are not late and lie on both sides of a time. */
    across: (series: number, time: number) => across.all({ series, time }),
    /** Marks the blocks of samples that end after a time as late. */
    markLate: (series: number, after: number) => void markLate.run(series, after),
    /** The one with the newest sample that is not late. */
    newestOf: (seriesId: number) => newestOfSeries.get(seriesId),
    /** Blocks of samples that are not late, newest first; `byId` if times are in no order, as in drills. */
    backwards: (seriesId: number, byId: boolean) => (byId ? backwardsById : backwards).iterate(seriesId),
    /** Blocks of samples that overlap the span, in descending order of end and id. */
    samplesIn: (seriesId: number, from: number, to: number) => samplesIn.iterate(spanOf(seriesId, from, to)),
    /** Blocks with samples after an id and a time that are not late, oldest first. */
    after: (series: number, from: number, afterId: number) => after.iterate({ series, from, afterId }),
    /** Blocks with samples up to a time that are not late, newest first. */
    before: (seriesId: number, time: number) => before.iterate(seriesId, time),
    /** Blocks of all tiers that overlap the span. */
    headsIn: (seriesId: number, from: number, to: number) => headsIn.all(spanOf(seriesId, from, to)).map(blockHead),
    dataOf: (id: number) => dataOf.get(id)!,
    /** Blocks of a tier that end before a time, in ascending order of end. */
    oldest: (tier: Tier, before: number, limit: number) => oldest.all(tier, before, limit),
    /** Some blocks of a series, of any tier. */
    ofSeries: (seriesId: number, limit: number) => ofSeries.all(seriesId, limit),
    /** The block of rollups that ends within the span. */
    rollupsAt: (series: number, tier: Tier, from: number, to: number) => rollupsAt.get({ series, tier, from, to }),
    count: () => count.get() ?? 0,
  }
}
export type BlockTable = ReturnType<typeof createBlockTable>

const blockHead = ([id, tier, from, to, count, min, max, total]: HeadRow): BlockHead => ({
  id,
  tier,
  from,
  to,
  count,
  min,
  max,
  total,
})
