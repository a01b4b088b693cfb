// The store on one SQLite file. Whatever lies behind the interface of store.ts is known in this folder only.
import { join } from 'node:path'
import { noMeters, type Meters } from '../health/meters.ts'
import type { Log } from '../ports.ts'
import { createBlockTable } from './blocks.ts'
import { createBudget } from './budget.ts'
import { createCatalog, type Catalog } from './catalog.ts'
import { startCheckpoints } from './checkpoints.ts'
import { convertRows } from './convert-rows.ts'
import { createChangeLog } from './changes.ts'
import { openDatabase, type Database } from './database.ts'
import { createEventStore } from './events.ts'
import { HotSamples } from './hot.ts'
import { createIdempotencyStore } from './idempotency.ts'
import { createHotLog, type HotLog } from './log.ts'
import { createPacking, newestIdIn } from './packing.ts'
import { setPowerLossSafe } from './power-loss.ts'
import { createRuleChangeStore } from './rule-changes.ts'
import { createRuleStore } from './rules.ts'
import { createSampleStore, isLate, takeIn } from './samples.ts'
import { createSettingApart } from './setting-apart.ts'
import { createSettings } from './settings.ts'
import { createSilenceStore } from './silences.ts'
import { createSourceStore } from './sources.ts'
import { createStateStore } from './states.ts'
import type { Store } from './store.ts'
import { createSummary } from './summary.ts'
import { createThinning } from './thinning.ts'
import { createTransactions } from './transactions.ts'
import { createWindowStore } from './windows.ts'

export interface StoreOptions {
  /** The database; made where there is none. Its folder must exist. */
  file: string
  /** The folder of the SQL migrations. */
  migrationsDir: string
  log: Log
  meters?: Meters
  /** The folder of the built threads. */
  workersDir?: string | undefined
}

/** Throws where the file is no database, or one of a newer version of the program; nothing is changed then. */
export function openStore(options: StoreOptions): Store {
  const database = openDatabase(options.file, options.migrationsDir)
  try {
    return storeOn(database, options)
  } catch (error) {
    database.client.close()
    throw error
  }
}

function storeOn(database: Database, { file, log, meters = noMeters, workersDir }: StoreOptions): Store {
  const transactions = createTransactions(database.client, log, meters)
  const { client } = database
  const settings = createSettings(client)
  const blocks = createBlockTable(client)
  convertRows({ client, blocks, settings, log })
  const catalog = createCatalog(database, transactions)
  const hotLog = createHotLog(client, transactions)
  const hot = readHot(hotLog, catalog, newestIdIn(settings))
  catalog.hideEmpty()
  const history = { client, catalog, transactions, hot, log: hotLog, blocks, settings }
  const states = createStateStore(client, settings)
  const listeners: ((firstId: number, count: number) => void)[] = []
  const announce = (firstId: number, count: number) =>
    listeners.forEach((listener) => transactions.onCommit(() => listener(firstId, count)))
  const workerFile = workersDir && join(workersDir, 'checkpoint.js')
  const endCheckpoints = startCheckpoints({ client, file, workerFile, transactions, log })
  log.info({ file }, 'Store opened')
  return {
    samples: {
      ...createSampleStore({ ...history, announce }),
      hot: () => hot.size,
      logBytes: hotLog.bytes,
      sizes: () => ({ series: catalog.held(), hotSamples: hot.size, hotBytes: hot.bytes, blocks: blocks.count() }),
      pack: createPacking(history),
      setApart: createSettingApart(history),
      thin: createThinning(history),
    },
    series: catalog,
    sources: createSourceStore({ ...history, states }),
    rules: createRuleStore(database.orm),
    ruleChanges: createRuleChangeStore(database.orm),
    events: createEventStore(client, catalog, transactions),
    silences: createSilenceStore(database.orm),
    windows: createWindowStore(database.orm),
    changes: createChangeLog(client),
    states,
    idempotency: createIdempotencyStore(client),
    summary: createSummary(client),
    budget: createBudget(client),
    settings,
    commit: transactions.commit,
    transaction: transactions.transaction,
    held: transactions.held,
    setPowerLossSafe: (safe) => setPowerLossSafe(client, safe),
    onTrouble: transactions.onTrouble,
    onAppended: (listener) => void listeners.push(listener),
    close() {
      endCheckpoints()
      transactions.flush()
      client.close()
      log.info({ file }, 'Store closed')
    },
  }
}

/** What the log holds, but for what has gone to blocks already: that only holds its place. */
function readHot(log: HotLog, catalog: Catalog, newestId: number): HotSamples {
  const hot = new HotSamples(log.firstId() ?? newestId + 1)
  log.read((id, seriesId, time, value, notes) => {
    const head = catalog.byId(seriesId)
    const isHot = head && id > head.coldUpTo
    if (isHot) hot.push(seriesId, time, value, isLate(head, time), notes, head.lastHotId)
    else hot.push(0, time, value, false, notes, 0)
    if (isHot) takeIn(head, id, time, value, notes)
  })
  return hot
}
