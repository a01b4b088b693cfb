// The composition root of the core: opens the store, starts the engine and hands each stage the next one.
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Severity } from '../../../shared/schemas/event.ts'
import { createBackupService } from '../maintenance/backups.ts'
import { createBacktestRunner } from '../backtest/backtests.ts'
import { createBacktestJobs } from '../backtest/jobs.ts'
import { createProposals } from '../backtest/proposals.ts'
import { createClockSkew } from '../maintenance/clock-skew.ts'
import { startIntegrityCheck } from '../maintenance/integrity-check.ts'
import { createChangeFeed, type ChangeFeed } from '../platform/change-feed.ts'
import type { NotificationMessage } from '../notify/message.ts'
import { startNotifier } from '../notify/notifier.ts'
import { createEngine } from '../detection/engine.ts'
import { createDrills } from '../detection/drills/drills.ts'
import { createPreviews } from '../detection/preview.ts'
import { createNoData } from '../detection/no-data/no-data.ts'
import { createActiveRules } from '../detection/active-rules.ts'
import { createWatchCache } from '../detection/watch-cache.ts'
import { createEventActions } from '../events/actions.ts'
import { createRecorder } from '../events/recorder.ts'
import { createOrphanedEvents } from '../events/orphaned-events.ts'
import { lockFolder } from '../platform/folder-lock.ts'
import { createDefaultRules } from '../rules/default-rules.ts'
import { createHealth } from '../telemetry/health.ts'
import { createKeyFile } from '../explain/llm/key.ts'
import { createModel } from '../explain/llm/model.ts'
import { createSourceDeletion } from '../maintenance/source-deletion.ts'
import { createServer, type Session } from '../api/server.ts'
import { createIngest } from '../ingest/ingest.ts'
import { backupHandlers } from '../api/handlers/backups.ts'
import { backtestHandlers } from '../api/handlers/backtests.ts'
import { budgetHandlers } from '../api/handlers/budget.ts'
import { bundleHandlers } from '../api/handlers/bundles.ts'
import { detectHandlers } from '../api/handlers/detect.ts'
import { eventHandlers } from '../api/handlers/events.ts'
import { explanationHandlers } from '../api/handlers/explanations.ts'
import { healthHandlers } from '../api/handlers/health.ts'
import { metricHandlers } from '../api/handlers/metrics.ts'
import { proposalHandlers } from '../api/handlers/proposals.ts'
import { ruleHandlers } from '../api/handlers/rules.ts'
import { settingsHandlers } from '../api/handlers/settings.ts'
import { incidentHandlers } from '../api/handlers/incidents.ts'
import { createIncidentService } from '../events/incident-service.ts'
import { silenceHandlers } from '../api/handlers/silences.ts'
import { simulateHandlers } from '../api/handlers/simulate.ts'
import { createSystemNotices } from '../maintenance/system-notices.ts'
import type { Clock, Log } from '../platform/ports.ts'
import { createSilenceService } from '../events/silencing/service.ts'
import { createSilences } from '../events/silencing/silences.ts'
import { createMaintenanceWindows } from '../events/silencing/windows.ts'
import { isNotificationEnabled } from '../notify/quiet-hours.ts'
import { createRuleService } from '../rules/service.ts'
import { createRuleStatistics } from '../rules/statistics.ts'
import { createSettingsService } from '../settings/service.ts'
import { openOrQuarantine } from '../store/open-or-quarantine.ts'
import { createWorkerJobs } from '../platform/worker-jobs.ts'
import { openToken, assertSafeBinding } from '../api/token.ts'
import { startMaintenance } from '../maintenance/scheduler.ts'

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

/** Some 800 MB of memory with ADAPTIVE on each, half of that with a classic detector; beyond, the least recently used give way. */
const MAX_WATCHED_SERIES = 100_000

export async function createApp(options: AppOptions): Promise<App> {
  const { dataDir, resourcesDir, user, clock, log } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  const token = openToken(dataDir)
  assertSafeBinding(options, token.current())
  const health = createHealth()
  const { meters } = health
  const databaseFile = join(dataDir, 'tocsin.db')
  const migrationsDir = join(resourcesDir, 'migrations')
  const where = { file: databaseFile, migrationsDir, workersDir: options.workersDir }
  const { store, setAside } = openOrQuarantine({ ...where, log, meters }, clock.now())
  const notices = createSystemNotices({ store, clock, log })
  if (setAside) notices.tell('set_aside', setAside)
  createDefaultRules(store, clock)
  // The hour of a key is an hour of running: an agent repeats what it had sent just before a long stop.
  store.idempotency.renew(clock.now())

  const newest = store.changes.bounds().newest
  const feed = createChangeFeed()
  const quiet = createSilenceService({ store, feed, clock, user })
  const silences = createSilences({ store, quiet, clock, user })
  const windows = createMaintenanceWindows({ store, quiet, clock, user })
  const now = () => new Date(clock.now()).toISOString()
  const recorder = createRecorder({ ...store, now, activeSilence: quiet.activeSilence })
  const rulebook = createActiveRules(store.rules)
  const unwatched = createOrphanedEvents({ store, rulebook, now })
  store.transaction(unwatched.endAll)
  const watchers = createWatchCache({ ...store, activeRules: rulebook, maxSeries: MAX_WATCHED_SERIES })
  const engine = createEngine({ store, watchCache: watchers, recorder, feed, log, meters })
  store.onAppended((_, count) => meters.stored(count))
  const forgetting = createSourceDeletion({ store, engine, unwatched, feed })
  const noData = createNoData({ store, activeRules: rulebook, recorder, feed })
  const desk = createEventActions({ store, feed, clock, user })
  const settings = createSettingsService(store)
  const ruleDesk = createRuleService({ store, rulebook, unwatched, feed, clock, user })
  const workerFile = (name: string) => options.workersDir && join(options.workersDir, `${name}.js`)
  const runBacktest = createBacktestRunner({ store, settings, log, workerFile: workerFile('backtest') })
  const backtests = createBacktestJobs(runBacktest, log)
  const proposals = createProposals({ store, runBacktest, clock })
  const keys = createKeyFile(dataDir)
  const model = createModel({ store, settings, keys })
  const retentionDays = () => settings.current().retention_days
  const seriesLimits = settings.current
  const ingest = createIngest({ store, clock, retentionDays, seriesLimits, waiting: engine.waiting })

  const drills = createDrills({ store, rulebook, recorder, feed, clock, seriesLimits })
  const workers = createWorkerJobs(workerFile, options.ownProcesses ?? false)
  const damage = startIntegrityCheck({ file: databaseFile, workers, notices, log })
  const folder = join(dataDir, 'backups')
  const backups = createBackupService({ file: databaseFile, folder, workers, clock, log })

  const readings = {
    waiting: engine.waiting,
    evaluated: engine.evaluated,
    watchedSeries: watchers.size,
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

  const about = { version: options.version, data_dir: dataDir, token_file: join(dataDir, 'token'), user }
  let port = 0
  const frontDoor = await createServer({
    ...options,
    token,
    port: () => port,
    session: options.session?.(token.current, () => port),
    changes: { feed, log: store.changes },
    metrics: health.metrics,
    refused: meters.refused,
    ingest,
    handlers: {
      ...metricHandlers({ ingest, forgetting, store, clock }),
      ...eventHandlers({ store, desk, quiet, clock }),
      ...incidentHandlers(createIncidentService({ store, actions: desk, silences: quiet }), clock),
      ...silenceHandlers({ silences, windows }),
      ...explanationHandlers({ store, model }),
      ...ruleHandlers({ store, ruleDesk }),
      ...budgetHandlers(createRuleStatistics({ store, clock })),
      ...proposalHandlers({ proposals, ruleDesk }),
      ...backtestHandlers({ store, backtests, runBacktest, ruleDesk, clock }),
      ...detectHandlers(createPreviews({ store, clock })),
      ...simulateHandlers({ drills, model }),
      ...healthHandlers({ health, readings, notices, damage, runningSince: clock.now() }),
      ...backupHandlers(backups),
      ...bundleHandlers({ store, clock, version: options.version }),
      ...settingsHandlers({ settings, keys, token, about }),
    },
  })
  const clockWatch = createClockSkew({ clock, store, watchers, notices })
  const hands = { engine, desk, quiet, noData, clockWatch, forgetting }
  const endUpkeep = startMaintenance({ store, ...hands, clock, log, meters, keeping: settings.current })
  const wanted = (severity: Severity) => isNotificationEnabled(severity, settings.current(), clock.now())
  let endNotifying: (() => void) | undefined

  return {
    server: frontDoor,
    get token() {
      return token.current()
    },
    changes: feed,
    notify(tell) {
      endNotifying = startNotifier({ store, now: clock.now, feed, log, newest, isEnabled: wanted, notify: tell })
    },
    openCriticals: store.events.openCriticals,
    async listen(asked) {
      await frontDoor.listen({ port: asked, host: options.host })
      return (port = (frontDoor.server.address() as AddressInfo).port)
    },
    async close() {
      endUpkeep()
      endNotifying?.()
      damage.end()
      backups.end()
      notices.end()
      health.end()
      model.end()
      backtests.end()
      await frontDoor.close()
      await engine.close()
      store.close()
      unlock()
    },
  }
}
