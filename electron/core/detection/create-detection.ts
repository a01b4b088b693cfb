// Wires the room: the engine with its watch cache, missing data, drills and previews.
import type { Recorder } from '../events/recorder.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Meters } from '../platform/meters.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { SeriesLimits } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'
import type { ActiveRules } from './active-rules.ts'
import { createDrills } from './drills/drills.ts'
import { createEngine } from './engine.ts'
import { createNoData } from './no-data/no-data.ts'
import { createPreviews } from './preview.ts'
import { createWatchCache } from './watch-cache.ts'

/** About 800 MB of memory with ADAPTIVE on each, half of that with a classic detector. The least recently used are evicted. */
const MAX_WATCHED_SERIES = 100_000

interface Deps {
  store: Store
  feed: ChangeFeed
  clock: Clock
  log: Log
  meters: Meters
  activeRules: ActiveRules
  recorder: Recorder
  seriesLimits(): SeriesLimits
}

export type DetectionRoom = ReturnType<typeof createDetection>

export function createDetection({ store, feed, clock, log, meters, activeRules, recorder, seriesLimits }: Deps) {
  const watchCache = createWatchCache({ ...store, activeRules, maxSeries: MAX_WATCHED_SERIES })
  return {
    watchCache,
    engine: createEngine({ store, watchCache, recorder, feed, log, meters }),
    noData: createNoData({ store, activeRules, recorder, feed }),
    drills: createDrills({ store, activeRules, recorder, feed, clock, seriesLimits }),
    previews: createPreviews({ store, clock }),
  }
}
