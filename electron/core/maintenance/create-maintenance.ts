// Wires the room: backups, the integrity check, source deletion, clock skew and the scheduler.
import { join } from 'node:path'
import type { WatchCache } from '../detection/watch-cache.ts'
import type { Engine } from '../detection/engine.ts'
import type { NoData } from '../detection/no-data/no-data.ts'
import type { EventActions } from '../events/actions.ts'
import type { OrphanedEvents } from '../events/orphaned-events.ts'
import type { SilenceService } from '../events/silencing/service.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Meters } from '../platform/meters.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { WorkerJobs } from '../platform/worker-jobs.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import { createBackupService } from './backups.ts'
import { createClockSkew } from './clock-skew.ts'
import { startIntegrityCheck } from './integrity-check.ts'
import { startMaintenance } from './scheduler.ts'
import { createSourceDeletion } from './source-deletion.ts'
import type { SystemNotices } from './system-notices.ts'

interface Deps {
  store: Store
  feed: ChangeFeed
  clock: Clock
  log: Log
  meters: Meters
  settings: Pick<SettingsService, 'current'>
  notices: SystemNotices
  workers: WorkerJobs
  dataDir: string
  databaseFile: string
  engine: Engine
  watchCache: WatchCache
  noData: NoData
  actions: EventActions
  silenceService: SilenceService
  orphanedEvents: OrphanedEvents
}

export type MaintenanceRoom = ReturnType<typeof createMaintenance>

/** Starts the integrity check and the scheduler. */
export function createMaintenance(deps: Deps) {
  const { store, clock, log, settings, notices, workers, dataDir, databaseFile: file } = deps
  const sourceDeletion = createSourceDeletion(deps)
  const integrityCheck = startIntegrityCheck({ file, workers, notices, log })
  const backups = createBackupService({ file, folder: join(dataDir, 'backups'), workers, clock, log })
  const clockSkew = createClockSkew(deps)
  const endScheduler = startMaintenance({ ...deps, store, clockSkew, sourceDeletion, settings: settings.current })
  return {
    sourceDeletion,
    integrityCheck,
    backups,
    notices,
    end() {
      endScheduler()
      integrityCheck.end()
      backups.end()
      notices.end()
    },
  }
}
