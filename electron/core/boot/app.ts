// The composition root of the core: opens the store, joins the rooms and starts the server.
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createHandlers } from '../api/create-handlers.ts'
import { createServer, type Session } from '../api/server.ts'
import { assertSafeBinding, openToken } from '../api/token.ts'
import { createBacktest } from '../backtest/create-backtest.ts'
import { createActiveRules } from '../detection/active-rules.ts'
import { createDetection } from '../detection/create-detection.ts'
import { createEvents } from '../events/create-events.ts'
import { createExplain } from '../explain/create-explain.ts'
import { createIngest } from '../ingest/ingest.ts'
import { createMaintenance } from '../maintenance/create-maintenance.ts'
import { createSystemNotices } from '../maintenance/system-notices.ts'
import { createNotify } from '../notify/create-notify.ts'
import type { NotificationMessage } from '../notify/message.ts'
import { createChangeFeed, type ChangeFeed } from '../platform/change-feed.ts'
import { lockFolder } from '../platform/folder-lock.ts'
import type { Clock, Log } from '../platform/ports.ts'
import { createWorkerJobs } from '../platform/worker-jobs.ts'
import { createRules } from '../rules/create-rules.ts'
import { createDefaultRules } from '../rules/default-rules.ts'
import { createSettingsService } from '../settings/service.ts'
import { openOrQuarantine } from '../store/open-or-quarantine.ts'
import { createTelemetry } from '../telemetry/create-telemetry.ts'
import { createHealth } from '../telemetry/health.ts'

export interface AppOptions {
  dataDir: string
  /** Where `migrations/` lies. */
  resourcesDir: string
  /** Where the built threads lie; without it, the main thread does their work. */
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
  /** How the host knows a browser that has opened the link. */
  session?: (token: () => string, port: () => number) => Session
}

export interface App {
  server: FastifyInstance
  /** As it is now. */
  readonly token: string
  changes: Pick<ChangeFeed, 'subscribe'>
  /** Has the person at this machine told of events, beginning with those that an earlier run did not come to tell. */
  notify(tell: (notice: NotificationMessage) => void): void
  /** How many real events are open, critical and not silenced. */
  openCriticals(): number
  /** Resolves with the port, which differs from the one asked for where that was 0. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

export async function createApp(options: AppOptions): Promise<App> {
  const { dataDir, resourcesDir, workersDir, user, clock, log, version } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  const token = openToken(dataDir)
  assertSafeBinding(options, token.current())
  const health = createHealth()
  const { meters } = health
  const databaseFile = join(dataDir, 'tocsin.db')
  const migrationsDir = join(resourcesDir, 'migrations')
  const storeOptions = { file: databaseFile, migrationsDir, workersDir, log, meters }
  const { store, setAside } = openOrQuarantine(storeOptions, clock.now())
  const notices = createSystemNotices({ store, clock, log })
  if (setAside) notices.tell('set_aside', setAside)
  createDefaultRules(store, clock)
  // The hour of a key is an hour of running: an agent repeats what it had sent just before a long stop.
  store.idempotency.renew(clock.now())

  const newest = store.changes.bounds().newest
  const feed = createChangeFeed()
  const settings = createSettingsService(store)
  const seriesLimits = settings.current
  const activeRules = createActiveRules(store.rules)
  const workerFile = (name: string) => workersDir && join(workersDir, `${name}.js`)
  const workers = createWorkerJobs(workerFile, options.ownProcesses ?? false)
  const shared = { store, feed, clock, log, meters, user, settings, activeRules }

  const events = createEvents(shared)
  const detection = createDetection({ ...shared, recorder: events.recorder, seriesLimits })
  const { engine } = detection
  store.onAppended((_, count) => meters.stored(count))
  const retentionDays = () => settings.current().retention_days
  const ingest = createIngest({ store, clock, retentionDays, seriesLimits, waiting: engine.waiting })
  const rules = createRules({ ...shared, orphanedEvents: events.orphanedEvents })
  const backtest = createBacktest({ ...shared, rules: rules.rules, workerFile: workerFile('backtest') })
  const explain = createExplain({ ...shared, dataDir })
  const notify = createNotify({ ...shared, newest })
  const maintenance = createMaintenance({ ...shared, ...events, ...detection, notices, workers, dataDir, databaseFile })
  const status = createTelemetry({ ...shared, health, ingest, detection, maintenance, databaseFile })
  const about = { version, data_dir: dataDir, token_file: join(dataDir, 'token'), user }
  const rooms = { events, rules, detection, explain, backtest, maintenance, status }
  const handlers = createHandlers({ ...shared, ...rooms, ingest, token, about })

  let port = 0
  const server = await createServer({
    ...options,
    token,
    port: () => port,
    session: options.session?.(token.current, () => port),
    changes: { feed, log: store.changes },
    metrics: health.metrics,
    refused: meters.refused,
    ingest,
    handlers,
  })

  return {
    server,
    get token() {
      return token.current()
    },
    changes: feed,
    notify: notify.start,
    openCriticals: store.events.openCriticals,
    async listen(asked) {
      await server.listen({ port: asked, host: options.host })
      return (port = (server.server.address() as AddressInfo).port)
    },
    async close() {
      for (const room of [maintenance, notify, health, explain.model, backtest]) room.end()
      await server.close()
      await engine.close()
      store.close()
      unlock()
    },
  }
}
