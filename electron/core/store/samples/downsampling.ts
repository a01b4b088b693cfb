// Downsampling: old samples become rollups by minute, later by hour, and are removed in the end. If the file exceeds
// its maximum size, the oldest are removed first. All in steps of a few milliseconds.
import type { Database } from 'better-sqlite3'
import { DAY, HOUR, MINUTE } from '../../../../shared/domain/time.ts'
import { decodePoints } from './block-codec.ts'
import { TIERS, type Block, type BlockTable, type Tier } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import { createSampleCounts } from '../head/sample-counts.ts'
import type { Retention } from '../types/samples.ts'
import { decodeRollups, encodeRollups, rollupsBy, totalOf, type Rollups } from './rollups.ts'
import type { Transactions } from '../sqlite/transactions.ts'

const BLOCKS_PER_STEP = 10
const REMOVED_PER_STEP = 100
const PAGES_PER_STEP = 100

/** Free pages are kept up to this share of the file, since the log needs them again soon. */
const MAX_FREE = 0.25
const FEW_PAGES = 4096

/** How wide the rollups of a tier are, and how much time one block of them covers. */
const WIDTHS = {
  [TIERS.minutes]: { span: MINUTE, segment: DAY },
  [TIERS.hours]: { span: HOUR, segment: 30 * DAY },
}

interface Deps {
  client: Database
  catalog: Catalog
  blocks: BlockTable
  transactions: Pick<Transactions, 'transaction'>
}

export function createDownsampling({ client, catalog, blocks, transactions }: Deps): (keeping: Retention) => boolean {
  const counts = createSampleCounts(client)
  const pragma = (name: string) => Number(client.pragma(name, { simple: true }))

  function coarsen(finer: Tier, coarser: Exclude<Tier, 0>, before: number): boolean {
    const old = blocks.oldest(finer, before, BLOCKS_PER_STEP)
    for (const block of old) addToRollups(block, coarser)
    return old.length > 0
  }

  function addToRollups(block: Block, tier: Exclude<Tier, 0>): void {
    const { span, segment } = WIDTHS[tier]
    blocks.remove(block.id)
    const bySegment = Map.groupBy(rollupsIn(block), ({ from }) => Math.floor(from / segment) * segment)
    for (const [start, parts] of bySegment) {
      const known = blocks.rollupsAt(block.series_id, tier, start, start + segment - 1)
      if (known) blocks.remove(known.id)
      const rollups = rollupsBy(span, known ? [...decodeRollups(known.data), ...parts] : parts)
      blocks.insert({ ...rollupBlock(rollups), series_id: block.series_id, tier, last_id: block.last_id })
    }
  }

  function removeAll(old: readonly Block[]): boolean {
    for (const block of old) {
      blocks.remove(block.id)
      const series = catalog.byId(block.series_id)
      if (!series) continue
      catalog.discount(series, block.count)
      if (series.count === 0) catalog.close(series)
    }
    return old.length > 0
  }

  function shrink(mostBytes: number): boolean {
    const used = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
    if (used <= mostBytes) return false
    const oldest = Object.values(TIERS)
      .map((tier) => blocks.oldest(tier, Infinity, BLOCKS_PER_STEP))
      .filter((old) => old.length > 0)
      .toSorted((one, other) => one[0]!.to_time - other[0]!.to_time)[0]
    if (!oldest) return false
    counts.removeBefore(oldest.at(-1)!.to_time)
    return removeAll(oldest)
  }

  /** Returns free pages to the file system. */
  function vacuum(): boolean {
    const free = pragma('freelist_count')
    if (free < FEW_PAGES || free < MAX_FREE * pragma('page_count')) return false
    client.pragma(`incremental_vacuum(${PAGES_PER_STEP})`)
    return true
  }

  return ({ samplesFrom, minutesFrom, allFrom, mostBytes }) =>
    transactions.transaction(() => {
      counts.removeBefore(samplesFrom)
      return (
        Object.values(TIERS).some((tier) => removeAll(blocks.oldest(tier, allFrom, REMOVED_PER_STEP))) ||
        coarsen(TIERS.samples, TIERS.minutes, samplesFrom) ||
        coarsen(TIERS.minutes, TIERS.hours, minutesFrom) ||
        shrink(mostBytes) ||
        vacuum()
      )
    })
}

function rollupsIn(block: Block): Rollups[] {
  if (block.tier !== TIERS.samples) return decodeRollups(block.data)
  const { times, values } = decodePoints(block.data)
  return times.map((time, i) => {
    const value = values[i]!
    return { from: time, to: time, count: 1, min: value, max: value, total: value }
  })
}

const rollupBlock = (rollups: readonly Rollups[]) => ({
  late: 0,
  first_id: 0,
  from_time: rollups[0]!.from,
  to_time: rollups.reduce((latest, { to }) => Math.max(latest, to), -Infinity),
  count: rollups.reduce((count, each) => count + each.count, 0),
  minimum: Math.min(...rollups.map(({ min }) => min)),
  maximum: Math.max(...rollups.map(({ max }) => max)),
  total: totalOf(rollups.map(({ total }) => total)),
  data: encodeRollups(rollups),
})
