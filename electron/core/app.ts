// The composition root of the core: opens the store, starts the engine and hands each stage the next one.
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Severity } from '../../shared/schemas/event.ts'
import { createBackupDesk } from './backups.ts'
import { createBacktests } from './backtest/backtests.ts'
import { createBacktestDesk } from './backtest/desk.ts'
import { createProposals } from './backtest/proposals.ts'
import { createClockWatch } from './clock-watch.ts'
import { watchDamage } from './damage-watch.ts'
import { createChangeFeed, type ChangeFeed } from './delivery/changes.ts'
import type { Notice } from './delivery/notices.ts'
import { startNotifying } from './delivery/notifying.ts'
import { createEngine } from './engine/engine.ts'
import { createNoData } from './engine/no-data.ts'
import { createRulebook } from './engine/rulebook.ts'
import { createWatchers } from './engine/watchers.ts'
import { createDesk } from './events/desk.ts'
import { createRecorder } from './events/recorder.ts'
import { createUnwatched } from './events/unwatched.ts'
import { lockFolder } from './lock.ts'
import { makeFirstRules } from './first-rules.ts'
import { createHealth } from './health/health.ts'
import { createKeyFile } from './llm/key.ts'
import { createModel } from './llm/model.ts'
import { createForgetting } from './forgetting.ts'
import { createFrontDoor, type Session } from './http/front-door.ts'
import { createIngest } from './ingest.ts'
import { backupHandlers } from './operations/backups.ts'
import { backtestHandlers } from './operations/backtests.ts'
import { budgetHandlers } from './operations/budget.ts'
import { bundleHandlers } from './operations/bundles.ts'
import { detectHandlers } from './operations/detect.ts'
import { eventHandlers } from './operations/events.ts'
import { explanationHandlers } from './operations/explanations.ts'
import { healthHandlers } from './operations/health.ts'
import { metricHandlers } from './operations/metrics.ts'
import { proposalHandlers } from './operations/proposals.ts'
import { ruleHandlers } from './operations/rules.ts'
import { settingsHandlers } from './operations/settings.ts'
import { silenceHandlers } from './operations/silences.ts'
import { simulateHandlers } from './operations/simulate.ts'
import { createNotices } from './notices.ts'
import type { Clock, Log } from './ports.ts'
import { createQuietDesk } from './quiet/desk.ts'
import { isWanted } from './quiet/quiet-hours.ts'
import { createRefusals } from './refusals.ts'
import { createRuleDesk } from './rules/desk.ts'
import { createSettingsDesk } from './settings.ts'
import { openSoundStore } from './store/set-aside.ts'
import { createWorkers } from './threads.ts'
import { openToken, refuseOpenDoor } from './token.ts'
import { startUpkeep } from './upkeep.ts'

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
  frontDoor: FastifyInstance
  /** As it is now. */
  readonly token: string
  changes: Pick<ChangeFeed, 'subscribe'>
  /** Has the person at this machine told of events, beginning with those that an earlier run did not come to tell. */
  notify(tell: (notice: Notice) => void): void
  /** How many real events are open, critical and not silenced. */
  openCriticals(): number
  /** Resolves with the port, which differs from the one asked for where that was 0. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

/** Some 800 MB of memory with ADAPTIVE on each, half of that with a classic detector; beyond, the least recently used give way. */
const MOST_WATCHED_SERIES = 100_000

export async function createApp(options: AppOptions): Promise<App> {
  const { dataDir, resourcesDir, user, clock, log } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  const token = openToken(dataDir)
  refuseOpenDoor(options, token.current())
  const health = createHealth()
  const { meters } = health
  const databaseFile = join(dataDir, 'tocsin.db')
  const migrationsDir = join(resourcesDir, 'migrations')
  const where = { file: databaseFile, migrationsDir, workersDir: options.workersDir }
  const { store, setAside } = openSoundStore({ ...where, log, meters }, clock.now())
  const notices = createNotices({ store, clock, log })
  if (setAside) notices.tell('set_aside', setAside)
  makeFirstRules(store, clock)
  // The hour of a key is an hour of running: an agent repeats what it had sent just before a long stop.
  store.idempotency.renew(clock.now())

  const newest = store.changes.bounds().newest
  const feed = createChangeFeed()
  const quiet = createQuietDesk({ store, feed, clock, user })
  const now = () => new Date(clock.now()).toISOString()
  const recorder = createRecorder({ ...store, now, quietFor: quiet.quietFor })
  const rulebook = createRulebook(store.rules)
  const unwatched = createUnwatched({ store, rulebook, now })
  store.transaction(unwatched.endAll)
  const watchers = createWatchers({ ...store, rulebook, mostSeries: MOST_WATCHED_SERIES })
  const engine = createEngine({ store, watchers, recorder, feed, log, meters })
  store.onAppended((_, count) => meters.stored(count))
  store.onAppended(engine.wake)
  const forgetting = createForgetting({ store, engine, unwatched, feed })
  const noData = createNoData({ store, rulebook, recorder, feed })
  const desk = createDesk({ store, feed, clock, user })
  const settings = createSettingsDesk(store)
  const ruleDesk = createRuleDesk({ store, rulebook, unwatched, feed, clock, user })
  const workerFile = (name: string) => options.workersDir && join(options.workersDir, `${name}.js`)
  const runBacktest = createBacktests({ store, settings, log, workerFile: workerFile('backtest') })
  const backtests = createBacktestDesk(runBacktest, log)
  const proposals = createProposals({ store, runBacktest, clock })
  const keys = createKeyFile(dataDir)
  const model = createModel({ store, settings, keys })
  const retentionDays = () => settings.current().retention_days
  const refusals = createRefusals(clock)
  const seriesLimits = settings.current
  const ingest = createIngest({ store, clock, refusals, retentionDays, seriesLimits, waiting: engine.waiting })

  const workers = createWorkers(workerFile, options.ownProcesses ?? false)
  const damage = watchDamage({ file: databaseFile, workers, notices, log })
  const folder = join(dataDir, 'backups')
  const backups = createBackupDesk({ file: databaseFile, folder, workers, clock, log })

  const readings = {
    waiting: engine.waiting,
    judged: engine.judged,
    watchedSeries: watchers.size,
    liveEvents: store.events.live,
    openCriticals: store.events.openCriticals,
    refused: refusals.counts,
    turnedAway: refusals.turnedAway,
    overload: refusals.overload,
    seriesRefusal: ingest.seriesRefusal,
    streamReaders: feed.listeners,
    sizes: store.samples.sizes,
    databaseFile,
  }
  health.read(readings)

  const about = { version: options.version, data_dir: dataDir, token_file: join(dataDir, 'token'), user }
  let port = 0
  const frontDoor = await createFrontDoor({
    ...options,
    token,
    port: () => port,
    session: options.session?.(token.current, () => port),
    changes: { feed, log: store.changes },
    metrics: health.metrics,
    refused: meters.refused,
    turnAwayBody: () => refusals.turnAway('bodies'),
    refuseWhenFull: ingest.refuseWhenFull,
    handlers: {
      ...metricHandlers({ ingest, forgetting, store, clock }),
      ...eventHandlers({ store, desk, quiet, clock }),
      ...silenceHandlers({ store, quiet, clock, user }),
      ...explanationHandlers({ store, model }),
      ...ruleHandlers({ store, ruleDesk }),
      ...budgetHandlers({ store, clock }),
      ...proposalHandlers({ proposals, ruleDesk }),
      ...backtestHandlers({ store, backtests, runBacktest, ruleDesk, clock }),
      ...detectHandlers({ store, clock }),
      ...simulateHandlers({ store, rulebook, recorder, feed, model, clock, seriesLimits }),
      ...healthHandlers({ health, readings, notices, damage, runningSince: clock.now() }),
      ...backupHandlers(backups),
      ...bundleHandlers({ store, clock, version: options.version }),
      ...settingsHandlers({ settings, keys, token, about }),
    },
  })
  const clockWatch = createClockWatch({ clock, store, watchers, notices })
  const hands = { engine, desk, quiet, noData, clockWatch, forgetting }
  const endUpkeep = startUpkeep({ store, ...hands, clock, log, meters, keeping: settings.current })
  const wanted = (severity: Severity) => isWanted(severity, settings.current(), clock.now())
  let endNotifying: (() => void) | undefined

  return {
    frontDoor,
    get token() {
      return token.current()
    },
    changes: feed,
    notify(tell) {
      endNotifying = startNotifying({ store, feed, log, newest, wanted, tell })
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
