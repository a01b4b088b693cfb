// What the program's own metrics are read from.
import type { Detection } from '../detection/create-detection.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Store } from '../store/types/store.ts'
import type { Readings } from '../telemetry/metrics.ts'

interface Deps {
  store: Store
  feed: ChangeFeed
  detection: Detection
  ingest: Ingest
  databaseFile: string
}

export const readingsOf = ({ store, feed, detection, ingest, databaseFile }: Deps): Readings => ({
  waiting: detection.engine.waiting,
  evaluated: detection.engine.evaluated,
  watchedSeries: detection.watchCache.size,
  liveEvents: store.events.live,
  openCriticals: store.events.openCriticals,
  refused: ingest.overload.counts,
  rejected: ingest.overload.rejected,
  overload: ingest.overload.overload,
  seriesRejection: ingest.seriesRejection,
  streamReaders: feed.listeners,
  sizes: store.samples.sizes,
  databaseFile,
})
