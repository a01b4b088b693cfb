// Deletes sources, for example after a runaway agent has used up the series limit: their samples and detector states are
// deleted, their live events end, and events stay as history.
import type { Change } from '../../../shared/schemas/change.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Engine } from '../detection/engine.ts'
import { AppError, invalidField, notFound, required } from '../platform/errors.ts'
import type { OrphanedEvents } from '../events/orphaned-events.ts'
import type { SourceSelector, SourceSize, SourcesSize } from '../store/types/sources.ts'
import type { Store } from '../store/types/store.ts'

/** Names and globs that may be pending; each is stored. */
const MAX_PENDING = 100

export interface SourceDeletion {
  /** What would be deleted. Throws AppError NOT_FOUND if nothing is stored of the source. */
  size(source: string): SourceSize
  /** The same of all sources whose names a glob matches. */
  sizeOfMatching(glob: string): SourcesSize
  /**
   * Resolves with what is deleted once the deletion is stored; posts of the source are rejected until it is done.
   *
   * @throws AppError NOT_FOUND if nothing is stored of the source, OVERLOADED if too many others are pending
   */
  delete(source: string): Promise<SourceSize>
  /**
   * The same for all sources whose names a glob matches.
   *
   * @param max rejected if more match, so that a typing error deletes nothing
   * @throws AppError NOT_FOUND if none matches, INVALID if more than `max` do, OVERLOADED as above
   */
  deleteMatching(glob: string, max: number): Promise<SourcesSize>
  /** Some milliseconds of it; false when there is nothing left to do. */
  step(): boolean
}

interface Deps {
  store: Pick<Store, 'sources' | 'commit' | 'transaction'>
  engine: Pick<Engine, 'forget'>
  orphanedEvents: Pick<OrphanedEvents, 'endOfSeries'>
  feed: Pick<ChangeFeed, 'publish'>
}

export function createSourceDeletion({ store, engine, orphanedEvents, feed }: Deps): SourceDeletion {
  const { sources } = store
  /** Inside a transaction. */
  const markForDeletion = (selector: SourceSelector) => {
    if (sources.pendingDeletion().length >= MAX_PENDING)
      throw new AppError('OVERLOADED', 'Other sources are still being deleted.', { retryAfter: 1 })
    sources.markForDeletion(selector)
  }
  const size = (source: string) => required(sources.get(source), 'source', source)

  return {
    size,
    sizeOfMatching: sources.matching,
    delete: (source) =>
      store.commit(() => {
        const deleted = size(source)
        markForDeletion(source)
        return deleted
      }),
    deleteMatching: (glob, max) =>
      store.commit(() => {
        const matching = sources.matching(glob)
        if (matching.sources === 0) throw notFound('source', glob)
        if (matching.sources > max) throw invalidField('max_sources', `${matching.sources} sources match`)
        markForDeletion({ glob })
        return matching
      }),
    step() {
      const gone: number[] = []
      const changes: Change[] = []
      const more = store.transaction(() =>
        sources.deleteSome((seriesId) => {
          gone.push(seriesId)
          changes.push(...orphanedEvents.endOfSeries(seriesId))
        }),
      )
      engine.forget(gone)
      feed.publish(changes)
      return more
    },
  }
}
