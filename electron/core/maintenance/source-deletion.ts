// Forgetting a source, as when an agent has made up names until no others have room: what was measured and learned goes,
// its live events end, and events stay as history.
import type { Change } from '../../../shared/schemas/change.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Engine } from '../detection/engine.ts'
import { AppError, invalidField, notFound } from '../platform/errors.ts'
import type { OrphanedEvents } from '../events/orphaned-events.ts'
import type { SourceSelector, SourceSize, SourcesSize } from '../store/types/sources.ts'
import type { Store } from '../store/types/store.ts'

/** Names and globs that may be waiting for their end; each is written down. */
const MAX_PENDING = 100

export interface SourceDeletion {
  /**
   * Resolves when it is sure to be done, with what goes; posts of the source are turned away until it is.
   *
   * @throws AppError NOT_FOUND where nothing is stored of the source, OVERLOADED where too many others are to go first
   */
  forget(source: string): Promise<SourceSize>
  /**
   * The same for all sources whose names a glob matches.
   *
   * @param most refused where more match, so that nothing goes by a slip of the pen
   * @throws AppError NOT_FOUND where none matches, INVALID where more than `most` do, OVERLOADED as above
   */
  forgetMatching(glob: string, most: number): Promise<SourcesSize>
  /** Some milliseconds of it; false when there is nothing left to do. */
  step(): boolean
}

interface Deps {
  store: Pick<Store, 'sources' | 'commit' | 'transaction'>
  engine: Pick<Engine, 'forget'>
  unwatched: Pick<OrphanedEvents, 'endOfSeries'>
  feed: Pick<ChangeFeed, 'publish'>
}

export function createSourceDeletion({ store, engine, unwatched, feed }: Deps): SourceDeletion {
  const { sources } = store
  /** Inside a transaction. */
  const name = (named: SourceSelector) => {
    if (sources.pendingDeletion().length >= MAX_PENDING)
      throw new AppError('OVERLOADED', 'Other sources have to be forgotten first.', { retryAfter: 1 })
    sources.markForDeletion(named)
  }
  return {
    forget: (source) =>
      store.commit(() => {
        const size = sources.get(source)
        if (!size) throw notFound('source', source)
        name(source)
        return size
      }),
    forgetMatching: (glob, most) =>
      store.commit(() => {
        const size = sources.matching(glob)
        if (size.sources === 0) throw notFound('source', glob)
        if (size.sources > most) throw invalidField('max_sources', `${size.sources} sources match`)
        name({ glob })
        return size
      }),
    step() {
      const gone: number[] = []
      const told: Change[] = []
      const more = store.transaction(() =>
        sources.deleteSome((seriesId) => {
          gone.push(seriesId)
          told.push(...unwatched.endOfSeries(seriesId))
        }),
      )
      engine.forget(gone)
      feed.publish(told)
      return more
    },
  }
}
