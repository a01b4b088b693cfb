// Detection, wired: the engine that evaluates what is stored, missing data, drills and previews.
import { toIso } from '../../../shared/domain/time.ts'
import { createOrphanedEvents } from '../events/orphaned-events.ts'
import type { Recorder } from '../events/recorder.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Meters } from '../platform/meters.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { SeriesLimits } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'
import { createActiveRules } from './active-rules.ts'
import { createDrills } from './drills/drills.ts'
import { createEngine } from './engine.ts'
import { createNoData } from './no-data/no-data.ts'
import { createPreviews } from './preview.ts'
import { createWatchCache } from './watch-cache.ts'

/** Bounds the memory: of more series, the least recently used leave it and are read again from their saved states. */
const MAX_WATCHED_SERIES = 100_000

interface Deps {
  store: Store
  recorder: Recorder
  feed: ChangeFeed
  clock: Clock
  log: Log
  meters: Meters
  seriesLimits(): SeriesLimits
  /** The source of the host agent, if one runs. */
  hostSource: string | undefined
}

export type Detection = ReturnType<typeof createDetection>

/** Ends the events of rules that are gone by now, and begins to evaluate what waits. */
export function createDetection(deps: Deps) {
  const { store, clock } = deps
  const activeRules = createActiveRules(store.rules)
  const orphanedEvents = createOrphanedEvents({ store, activeRules, now: () => toIso(clock.now()) })
  store.transaction(orphanedEvents.endAll)
  const watchCache = createWatchCache({ ...store, activeRules, maxSeries: MAX_WATCHED_SERIES })
  return {
    activeRules,
    orphanedEvents,
    watchCache,
    engine: createEngine({ ...deps, watchCache }),
    noData: createNoData({ ...deps, activeRules }),
    drills: createDrills({ ...deps, activeRules }),
    previews: createPreviews(deps),
  }
}
