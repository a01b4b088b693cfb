// The composition root of the core: opens the store and joins the rooms, each of which wires itself.
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Severity } from '../../../shared/schemas/event.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import { createHandlers } from '../api/create-handlers.ts'
import { REJECTION_STATUSES } from '../api/http-error.ts'
import { createServer, type Session } from '../api/server.ts'
import { assertSafeBinding, openToken } from '../api/token.ts'
import { createBacktest } from '../backtest/create-backtest.ts'
import { createDetection } from '../detection/create-detection.ts'
import { createEvents } from '../events/create-events.ts'
import { createModel } from '../explain/llm/model.ts'
import { createIngest } from '../ingest/ingest.ts'
import { createMaintenance } from '../maintenance/create-maintenance.ts'
import { createSystemNotices } from '../maintenance/system-notices.ts'
import type { NotificationMessage } from '../notify/message.ts'
import { startNotifier } from '../notify/notifier.ts'
import { isNotificationEnabled } from '../notify/quiet-hours.ts'
import { createChangeFeed, type ChangeFeed } from '../platform/change-feed.ts'
import { lockFolder } from '../platform/folder-lock.ts'
import type { Meters } from '../platform/meters.ts'
import type { Clock, Log } from '../platform/ports.ts'
import { createWorkerJobs } from '../platform/worker-jobs.ts'
import { createDefaultRules } from '../rules/default-rules.ts'
import { createRuleService } from '../rules/service.ts'
import { createKeyFile } from '../settings/model-key.ts'
import { createSettingsService } from '../settings/service.ts'
import { openOrQuarantine } from '../store/open-or-quarantine.ts'
import { isDamage } from '../store/recovery/integrity.ts'
import { backUpBeforeUpgrade } from '../store/recovery/backup-before-upgrade.ts'
import { createHealth } from '../telemetry/health.ts'
import { createSystemStatus } from '../telemetry/status.ts'
import { readingsOf } from './readings.ts'

export interface AppOptions {
  dataDir: string
  /** The folder with `migrations/`. */
  resourcesDir: string
  /** The folder of the built worker files; without it, the main thread does their work. */
  workersDir?: string
  /** Whether they may be processes of their own instead, which end at once. */
  ownProcesses?: boolean
  /** The name of the person at this machine. */
  user: string
  clock: Clock
  log: Log
  version: string
  /** The address to listen on. */
  host: string
  /** Names beside the loopback ones that the `Host` header may carry. */
  allowedHosts: string[]
  ingestNeedsToken: boolean
  /** The source of the host agent, if one runs. */
  hostSource?: string | undefined
  /** How the host knows a browser that has opened the link. */
  session?: (token: () => string, port: () => number) => Session
}

export interface App {
  server: FastifyInstance
  /** As it is now. */
  readonly token: string
  changes: Pick<ChangeFeed, 'subscribe'>
  /** Notifies the person at this machine, beginning with what an earlier run could not notify. */
  notify(send: (message: NotificationMessage) => void): void
  /** How many real events are open, critical and not silenced. */
  openCriticals(): number
  /** Resolves with the port, which differs from the one asked for if that was 0. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

export async function createApp(options: AppOptions): Promise<App> {
  const { dataDir, user, clock, log } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  const token = openToken(dataDir)
  assertSafeBinding(options, token.current())
  const health = createHealth(REJECTION_STATUSES)
  const databaseFile = join(dataDir, 'tocsin.db')
  const noBackup = await backUpFirst(options, databaseFile)
  const { store, notices } = openStore(options, databaseFile, health.meters)
  if (noBackup) notices.publish('upgrade', noBackup)
  const newest = store.changes.bounds().newest
  const feed = createChangeFeed()
  const workerFile = (name: string) => options.workersDir && join(options.workersDir, `${name}.js`)
  const workers = createWorkerJobs(workerFile, options.ownProcesses ?? false)

  const { hostSource } = options
  const base = { hostSource, store, feed, clock, log, user, dataDir, databaseFile, meters: health.meters }
  const settings = createSettingsService(store)
  const seriesLimits = settings.current
  const events = createEvents(base)
  const detection = createDetection({ ...base, recorder: events.recorder, seriesLimits })
  const { engine, activeRules, orphanedEvents } = detection
  const rules = createRuleService({ ...base, activeRules, orphanedEvents })
  const retentionDays = () => settings.current().retention_days
  const ingest = createIngest({ store, clock, retentionDays, seriesLimits, waiting: engine.waiting })
  const backtest = createBacktest({ ...base, settings, rules, workerFile: workerFile('backtest') })
  const keys = createKeyFile(dataDir)
  const model = createModel({ store, settings, keys })
  const maintenance = createMaintenance({ ...base, workers, notices, settings, events, detection })
  const readings = readingsOf({ store, feed, detection, ingest, databaseFile })
  health.read(readings)
  const { integrityCheck } = maintenance
  const status = createSystemStatus({ health, readings, notices, integrityCheck, runningSince: clock.now() })

  const about = { version: options.version, data_dir: dataDir, token_file: join(dataDir, 'token'), user }
  const services = { events, rules, settings, detection, backtest, keys, model, maintenance, notices, status }
  let port = 0
  const server = await createServer({
    ...options,
    token,
    port: () => port,
    session: options.session?.(token.current, () => port),
    changes: { feed, log: store.changes },
    metrics: health.metrics,
    refused: health.meters.refused,
    ingest,
    handlers: createHandlers({ ...services, store, clock, token, about, ingest }),
  })
  const isEnabled = (severity: Severity) => isNotificationEnabled(severity, settings.current(), clock.now())
  let endNotifier: (() => void) | undefined

  return {
    server,
    get token() {
      return token.current()
    },
    changes: feed,
    notify: (send) => void (endNotifier = startNotifier({ ...base, now: clock.now, newest, isEnabled, notify: send })),
    openCriticals: store.events.openCriticals,
    async listen(asked) {
      await server.listen({ port: asked, host: options.host })
      return (port = (server.server.address() as AddressInfo).port)
    },
    async close() {
      maintenance.end()
      endNotifier?.()
      health.end()
      model.end()
      backtest.end()
      await server.close()
      await engine.close()
      events.end()
      store.close()
      unlock()
    },
  }
}

/**
 * Before a newer version migrates the database. Returns why there is no backup if it fails: the migration itself is one
 * transaction, and an alarm that doesn't start detects nothing.
 */
async function backUpFirst({ resourcesDir, clock, log }: AppOptions, file: string): Promise<string | undefined> {
  try {
    const backup = await backUpBeforeUpgrade({
      file,
      migrationsDir: join(resourcesDir, 'migrations'),
      now: clock.now(),
    })
    if (backup) log.info({ file: backup }, 'The database was backed up before the upgrade')
    return undefined
  } catch (error) {
    // It is quarantined in a moment, as it is.
    if (isDamage(error)) return undefined
    log.warn({ err: error }, 'The database could not be backed up before the upgrade')
    return textsFor().notBackedUp({ reason: (error as Error).message })
  }
}

/** A damaged database is quarantined, with a notice. */
function openStore({ resourcesDir, workersDir, clock, log }: AppOptions, file: string, meters: Meters) {
  const migrationsDir = join(resourcesDir, 'migrations')
  const { store, quarantined } = openOrQuarantine({ file, migrationsDir, workersDir, log, meters }, clock.now())
  store.onAppended((_, count) => meters.stored(count))
  const notices = createSystemNotices({ store, clock, log })
  if (quarantined) notices.publish('set_aside', quarantined)
  createDefaultRules(store, clock)
  // The hour of a key is an hour of running: an agent repeats what it had sent just before a long stop.
  store.idempotency.renew(clock.now())
  return { store, notices }
}
