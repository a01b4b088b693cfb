// Deletion of sources: their series go with all that is known of them, in steps of some milliseconds. Which are to go, by
// name or by a glob, stands in the settings, so that what a kill has interrupted goes on; until it is done, they take no
// samples.
import type { Database } from 'better-sqlite3'
import { createGlob } from '../../../../shared/domain/glob.ts'
import { decodePoints } from './block-codec.ts'
import { TIERS, type Block, type BlockTable } from './blocks.ts'
import type { Catalog } from '../series/catalog.ts'
import { wellFormed, type SeriesHead } from '../series/series-head.ts'
import type { Head } from '../head/head.ts'
import { createSampleCounts } from '../head/sample-counts.ts'
import { moveFirst } from './samples.ts'
import type { SourceSelector, SourceSize, SourceStore } from '../types/sources.ts'
import type { StateStore } from '../types/states.ts'
import type { Store } from '../types/store.ts'
import type { Transactions } from '../sqlite/transactions.ts'

const STEP_MS = 4
const BLOCKS_PER_PART = 10
const HEAD_SAMPLES_PER_PART = 4000

/** Setting: what goes, as JSON. */
const PENDING_DELETION = 'sources.leaving'

interface Deps {
  client: Database
  catalog: Catalog
  hot: Head
  blocks: BlockTable
  settings: Store['settings']
  states: Pick<StateStore, 'remove'>
  transactions: Pick<Transactions, 'onUndo'>
}

export function createSourceStore({ client, catalog, hot, blocks, settings, states, transactions }: Deps): SourceStore {
  const counts = createSampleCounts(client)
  const liveOfSources = client.prepare<[], { source: string; events: number }>(
    `SELECT source, count(*) AS events FROM events JOIN series ON series.id = series_id
     WHERE status IN ('OPEN', 'ACKNOWLEDGED') GROUP BY source`,
  )
  let pending = JSON.parse(settings.get(PENDING_DELETION) ?? '[]') as readonly SourceSelector[]
  let matchers = pending.map(matcherOf)
  /** Where a glob is the first of what goes: the sources that are left. As nothing of them comes, they get only fewer. */
  let left: string[] | undefined

  function setPending(named: readonly SourceSelector[]): void {
    const take = (some: typeof named) => {
      pending = some
      matchers = some.map(matcherOf)
      left = undefined
    }
    const before = pending
    transactions.onUndo(() => take(before))
    take(named)
    settings.set(PENDING_DELETION, JSON.stringify(named))
  }

  function anyActiveOf(named: SourceSelector): SeriesHead | undefined {
    if (typeof named === 'string') return catalog.anyActiveOf(named)
    left ??= catalog.activeSources().filter(matcherOf(named))
    while (left.length > 0) {
      const head = catalog.anyActiveOf(left.at(-1)!)
      if (head) return head
      left.pop()
      transactions.onUndo(() => (left = undefined))
    }
    return undefined
  }

  function removeBlock(head: SeriesHead, block: Block): void {
    if (block.tier === TIERS.samples) counts.takeOff(decodePoints(block.data).times)
    blocks.remove(block.id)
    catalog.discount(head, block.count)
  }

  /** The row of the series knows the samples of the log only by the mark behind which they count. */
  function removeFromHead(head: SeriesHead): void {
    const ids: number[] = []
    let next = head.firstHeadId
    for (; next > 0 && ids.length < HEAD_SAMPLES_PER_PART; next = hot.following(next)) ids.push(next)
    counts.takeOff(ids.map((id) => hot.timeOf(id)))
    transactions.onUndo(() => ids.forEach((id) => hot.claim(id, head.id)))
    for (const id of ids) hot.claim(id, 0)
    const compactedUpTo = ids.at(-1)!
    catalog.advance({ seriesId: head.id, count: ids.length, compactedUpTo, newest: undefined, unit: null })
    catalog.discount(head, ids.length)
    moveFirst({ hot, transactions }, head, next, compactedUpTo)
  }

  /** Gives whether something of the series may be left; a series without anything must not outlast the step. */
  function removePart(head: SeriesHead): boolean {
    if (head.firstHeadId > 0) removeFromHead(head)
    const some = blocks.ofSeries(head.id, BLOCKS_PER_PART)
    for (const block of some) removeBlock(head, block)
    return head.firstHeadId > 0 || some.length === BLOCKS_PER_PART
  }

  /** Gives whether something of what is named is left. */
  function deletePart(named: SourceSelector, onGone: (seriesId: number) => void): boolean {
    const end = performance.now() + STEP_MS
    let head: SeriesHead | undefined
    while ((head = anyActiveOf(named))) {
      while (removePart(head)) if (performance.now() > end) return true
      states.remove(head.id)
      onGone(head.id)
      catalog.blank(head)
      catalog.close(head)
      if (performance.now() > end) return true
    }
    return false
  }

  function sizeOf(source: string): SourceSize {
    const active = catalog
      .ofSource(source)
      .map(({ id }) => catalog.byId(id)!.count)
      .filter((count) => count > 0)
    return { series: active.length, samples: sum(active) }
  }

  return {
    get(source) {
      const size = sizeOf(source)
      return size.series === 0 ? undefined : size
    },
    matching(glob) {
      const matches = createGlob(glob)
      const sizes = catalog.activeSources().filter(matches).map(sizeOf)
      const live = liveOfSources.all().filter(({ source }) => matches(source))
      return {
        sources: sizes.length,
        series: sum(sizes.map(({ series }) => series)),
        samples: sum(sizes.map(({ samples }) => samples)),
        liveEvents: sum(live.map(({ events }) => events)),
      }
    },
    markForDeletion(given) {
      const named = typeof given === 'string' ? wellFormed(given) : { glob: wellFormed(given.glob) }
      const isSame = (other: SourceSelector) => JSON.stringify(other) === JSON.stringify(named)
      if (!pending.some(isSame)) setPending([...pending, named])
    },
    pendingDeletion: () => pending,
    isPendingDeletion: (source) => matchers.some((matches) => matches(wellFormed(source))),
    deleteSome(onGone) {
      const [named] = pending
      if (named !== undefined && !deletePart(named, onGone)) setPending(pending.slice(1))
      return pending.length > 0
    },
  }
}

const sum = (numbers: number[]) => numbers.reduce((so, number) => so + number, 0)

const matcherOf = (named: SourceSelector): ((source: string) => boolean) =>
  typeof named === 'string' ? (source) => source === named : createGlob(named.glob)
