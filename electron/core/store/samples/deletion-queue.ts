// The sources that wait for deletion, by name or by a glob. They are saved as a setting, so that a deletion that a
// crash interrupted continues after the restart.
import { createGlob } from '../../../../shared/domain/glob.ts'
import type { Catalog } from '../series/catalog.ts'
import { wellFormed, type SeriesHead } from '../series/series-head.ts'
import type { Transactions } from '../sqlite/transactions.ts'
import type { SourceSelector } from '../types/sources.ts'
import type { Store } from '../types/store.ts'

/** Setting: the selectors that wait, as JSON. */
const PENDING_DELETION = 'sources.leaving'

export interface DeletionQueueDeps {
  catalog: Pick<Catalog, 'anyActiveOf' | 'activeSources'>
  settings: Store['settings']
  transactions: Pick<Transactions, 'onUndo'>
}

export interface DeletionQueue {
  /** The oldest first. */
  all(): readonly SourceSelector[]
  /** Whether a selector matches this source. */
  includes(source: string): boolean
  /** Inside a transaction; a selector that waits already is not added again. */
  add(selector: SourceSelector): void
  /** Inside a transaction. */
  removeFirst(): void
  /** Inside a transaction: a series with samples that the first selector matches. */
  nextSeries(): SeriesHead | undefined
}

export function createDeletionQueue({ catalog, settings, transactions }: DeletionQueueDeps): DeletionQueue {
  let pending = JSON.parse(settings.get(PENDING_DELETION) ?? '[]') as readonly SourceSelector[]
  let matchers = pending.map(matcherOf)
  /**
   * If the first selector is a glob: the sources that it matches and that may still have samples. No sample of them is
   * accepted any more, so the list only gets shorter.
   */
  let remaining: string[] | undefined

  function setPending(selectors: readonly SourceSelector[]): void {
    const apply = (some: readonly SourceSelector[]) => {
      pending = some
      matchers = some.map(matcherOf)
      remaining = undefined
    }
    const before = pending
    transactions.onUndo(() => apply(before))
    apply(selectors)
    settings.set(PENDING_DELETION, JSON.stringify(selectors))
  }

  return {
    all: () => pending,
    includes: (source) => matchers.some((matches) => matches(wellFormed(source))),
    add(given) {
      const selector = typeof given === 'string' ? wellFormed(given) : { glob: wellFormed(given.glob) }
      const isSame = (other: SourceSelector) => JSON.stringify(other) === JSON.stringify(selector)
      if (!pending.some(isSame)) setPending([...pending, selector])
    },
    removeFirst: () => setPending(pending.slice(1)),
    nextSeries() {
      const [first] = pending
      if (first === undefined) return undefined
      if (typeof first === 'string') return catalog.anyActiveOf(first)
      remaining ??= catalog.activeSources().filter(matcherOf(first))
      while (remaining.length > 0) {
        const series = catalog.anyActiveOf(remaining.at(-1)!)
        if (series) return series
        remaining.pop()
        transactions.onUndo(() => (remaining = undefined))
      }
      return undefined
    },
  }
}

const matcherOf = (selector: SourceSelector): ((source: string) => boolean) =>
  typeof selector === 'string' ? (source) => source === selector : createGlob(selector.glob)
