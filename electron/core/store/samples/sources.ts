// Sources: their sizes and their deletion. A source goes with its series and all that was learned from them, in steps
// of a few milliseconds; until that is done, it takes no samples.
import { createGlob } from '../../../../shared/domain/glob.ts'
import type { SourceSize, SourceStore } from '../types/sources.ts'
import type { StateStore } from '../types/states.ts'
import { createDeletionQueue, type DeletionQueueDeps } from './deletion-queue.ts'
import { createSeriesRemoval, type SeriesRemovalDeps } from './series-removal.ts'

const STEP_MS = 4

interface Deps extends DeletionQueueDeps, SeriesRemovalDeps {
  catalog: SeriesRemovalDeps['catalog']
  states: Pick<StateStore, 'remove'>
}

export function createSourceStore(deps: Deps): SourceStore {
  const { client, catalog, states } = deps
  const queue = createDeletionQueue(deps)
  const removePart = createSeriesRemoval(deps)
  const liveEventsBySource = client.prepare<[], { source: string; events: number }>(
    `SELECT source, count(*) AS events FROM events JOIN series ON series.id = series_id
     WHERE status IN ('OPEN', 'ACKNOWLEDGED') GROUP BY source`,
  )

  /** Deletes from the first selector's series until the step's time is over. Returns true if some are left. */
  function deletePart(onGone: (seriesId: number) => void): boolean {
    const end = performance.now() + STEP_MS
    for (let series = queue.nextSeries(); series; series = queue.nextSeries()) {
      while (removePart(series)) if (performance.now() > end) return true
      states.remove(series.id)
      onGone(series.id)
      catalog.blank(series)
      catalog.close(series)
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
      const live = liveEventsBySource.all().filter(({ source }) => matches(source))
      return {
        sources: sizes.length,
        series: sum(sizes.map(({ series }) => series)),
        samples: sum(sizes.map(({ samples }) => samples)),
        liveEvents: sum(live.map(({ events }) => events)),
      }
    },
    markForDeletion: queue.add,
    pendingDeletion: queue.all,
    isPendingDeletion: queue.includes,
    deleteSome(onGone) {
      if (queue.all().length > 0 && !deletePart(onGone)) queue.removeFirst()
      return queue.all().length > 0
    },
  }
}

const sum = (numbers: number[]) => numbers.reduce((so, number) => so + number, 0)
