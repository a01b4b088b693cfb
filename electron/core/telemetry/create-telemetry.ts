// Connects the metrics with what they read, and makes the status of the system from both.
import { createSystemStatus, type SystemStatus } from './status.ts'
import type { DetectionRoom } from '../detection/create-detection.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { MaintenanceRoom } from '../maintenance/create-maintenance.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Clock } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import type { Health } from './health.ts'

interface Deps {
  health: Health
  store: Pick<Store, 'events' | 'samples'>
  feed: Pick<ChangeFeed, 'listeners'>
  clock: Clock
  ingest: Ingest
  detection: Pick<DetectionRoom, 'engine' | 'watchCache'>
  maintenance: Pick<MaintenanceRoom, 'notices' | 'integrityCheck'>
  databaseFile: string
}

export function createTelemetry(deps: Deps): SystemStatus {
  const { health, store, feed, clock, ingest, detection, maintenance, databaseFile } = deps
  const { engine, watchCache } = detection
  const readings = {
    waiting: engine.waiting,
    evaluated: engine.evaluated,
    watchedSeries: watchCache.size,
    liveEvents: store.events.live,
    openCriticals: store.events.openCriticals,
    refused: ingest.overload.counts,
    rejected: ingest.overload.rejected,
    overload: ingest.overload.overload,
    seriesRefusal: ingest.seriesRefusal,
    streamReaders: feed.listeners,
    sizes: store.samples.sizes,
    databaseFile,
  }
  health.read(readings)
  return createSystemStatus({ ...maintenance, health, readings, runningSince: clock.now() })
}
