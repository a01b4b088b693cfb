// Maintenance, wired: source deletion, the integrity check, backups, clock skew, and the scheduler of all of it.
import { join } from 'node:path'
import type { Detection } from '../detection/create-detection.ts'
import type { Events } from '../events/create-events.ts'
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
  dataDir: string
  databaseFile: string
  workers: WorkerJobs
  notices: SystemNotices
  settings: SettingsService
  events: Pick<Events, 'actions' | 'silencing'>
  detection: Detection
  feed: ChangeFeed
  clock: Clock
  log: Log
  meters: Meters
}

export type Maintenance = ReturnType<typeof createMaintenance>

export function createMaintenance({ events, detection, settings, ...deps }: Deps) {
  const { store, dataDir, databaseFile: file, clock, notices } = deps
  const { engine, noData, watchCache, orphanedEvents } = detection
  const sourceDeletion = createSourceDeletion({ ...deps, engine, orphanedEvents })
  const integrityCheck = startIntegrityCheck({ ...deps, file })
  const backups = createBackupService({ ...deps, file, folder: join(dataDir, 'backups') })
  const stop = startMaintenance({
    ...deps,
    engine,
    actions: events.actions,
    silencing: events.silencing,
    noData,
    clockSkew: createClockSkew({ clock, store, watchCache, notices }),
    sourceDeletion,
    retention: settings.current,
  })
  return {
    sourceDeletion,
    integrityCheck,
    backups,
    end() {
      stop()
      integrityCheck.end()
      backups.end()
      notices.end()
    },
  }
}
