// Forgetting a source: its series go with all that is known of them, in steps of some milliseconds. Which sources are to
// go stands in the settings, so that what a kill has interrupted goes on; until it is done, they take no samples.
import type { Database } from 'better-sqlite3'
import { decodePoints } from './block-codec.ts'
import { TIERS, type Block, type BlockTable } from './blocks.ts'
import { wellFormed, type Catalog, type SeriesHead } from './catalog.ts'
import type { HotSamples } from './hot.ts'
import { createSampleCounts } from './sample-counts.ts'
import { moveFirst } from './samples.ts'
import type { SourceStore, StateStore, Store } from './store.ts'
import type { Transactions } from './transactions.ts'

const STEP_MS = 4
const BLOCKS_PER_PART = 10
const HOT_PER_PART = 4000

/** Setting: the names of those that go, as JSON. */
const LEAVING = 'sources.leaving'

interface Deps {
  client: Database
  catalog: Catalog
  hot: HotSamples
  blocks: BlockTable
  settings: Store['settings']
  states: Pick<StateStore, 'forget'>
  transactions: Pick<Transactions, 'onUndo'>
}

export function createSourceStore({ client, catalog, hot, blocks, settings, states, transactions }: Deps): SourceStore {
  const counts = createSampleCounts(client)
  let leaving = JSON.parse(settings.get(LEAVING) ?? '[]') as readonly string[]

  function setLeaving(sources: readonly string[]): void {
    const before = leaving
    transactions.onUndo(() => (leaving = before))
    leaving = sources
    settings.set(LEAVING, JSON.stringify(sources))
  }

  function removeBlock(head: SeriesHead, block: Block): void {
    if (block.tier === TIERS.samples) counts.takeOff(decodePoints(block.data).times)
    blocks.remove(block.id)
    catalog.discount(head, block.count)
  }

  /** The row of the series knows the samples of the log only by the mark behind which they count. */
  function removeHot(head: SeriesHead): void {
    const ids: number[] = []
    let next = head.firstHotId
    for (; next > 0 && ids.length < HOT_PER_PART; next = hot.following(next)) ids.push(next)
    counts.takeOff(ids.map((id) => hot.timeOf(id)))
    transactions.onUndo(() => ids.forEach((id) => hot.claim(id, head.id)))
    for (const id of ids) hot.claim(id, 0)
    const coldUpTo = ids.at(-1)!
    catalog.advance({ seriesId: head.id, count: ids.length, coldUpTo, newest: undefined, unit: null })
    catalog.discount(head, ids.length)
    moveFirst({ hot, transactions }, head, next, coldUpTo)
  }

  /** Gives whether something of the series may be left; a series without anything must not outlast the step. */
  function removePart(head: SeriesHead): boolean {
    if (head.firstHotId > 0) removeHot(head)
    const some = blocks.ofSeries(head.id, BLOCKS_PER_PART)
    for (const block of some) removeBlock(head, block)
    return head.firstHotId > 0 || some.length === BLOCKS_PER_PART
  }

  /** Gives whether something of the source is left. */
  function forgetPart(source: string, onGone: (seriesId: number) => void): boolean {
    const end = performance.now() + STEP_MS
    let head: SeriesHead | undefined
    while ((head = catalog.anyHeldBy(source))) {
      while (removePart(head)) if (performance.now() > end) return true
      states.forget(head.id)
      onGone(head.id)
      catalog.blank(head)
      catalog.close(head)
      if (performance.now() > end) return true
    }
    return false
  }

  return {
    get(source) {
      const counts = catalog
        .ofSource(source)
        .map(({ id }) => catalog.byId(id)!.count)
        .filter((count) => count > 0)
      if (counts.length === 0) return undefined
      return { series: counts.length, samples: counts.reduce((sum, count) => sum + count, 0) }
    },
    forget(source) {
      if (!leaving.includes(wellFormed(source))) setLeaving([...leaving, wellFormed(source)])
    },
    leaving: () => leaving,
    isLeaving: (source) => leaving.length > 0 && leaving.includes(wellFormed(source)),
    forgetSome(onGone) {
      const source = leaving[0]
      if (source !== undefined && !forgetPart(source, onGone)) setLeaving(leaving.slice(1))
      return leaving.length > 0
    },
  }
}
