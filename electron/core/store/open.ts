// Opens the store on one SQLite file. Only this folder knows what is behind the types of types/.
import { join } from 'node:path'
import { noMeters, type Meters } from '../platform/meters.ts'
import type { Log } from '../platform/ports.ts'
import { createBlockTable } from './samples/blocks.ts'
import { createBudget } from './tables/budget.ts'
import { createCatalog, type Catalog } from './series/catalog.ts'
import { startCheckpoints } from './sqlite/checkpoints.ts'
import { convertRows } from './samples/convert-rows.ts'
import { createChangeLog } from './tables/changes.ts'
import { openDatabase, type Database } from './sqlite/database.ts'
import { createFeedbackQueue } from './tables/feedback.ts'
import { createIncidentStore } from './events/incidents.ts'
import { createEventStore } from './events/events.ts'
import { Head } from './head/head.ts'
import { createIdempotencyStore } from './tables/idempotency.ts'
import { createHeadLog, type HeadLog } from './head/head-log.ts'
import { createCompaction, newestIdIn } from './samples/compaction.ts'
import { setDurableWrites } from './sqlite/durable-writes.ts'
import { createRuleChangeStore } from './tables/rule-changes.ts'
import { createRuleStore } from './tables/rules.ts'
import { createSampleStore, isLate, addToHead } from './samples/samples.ts'
import { createMarkLate } from './samples/mark-late.ts'
import { createNotificationStore } from './tables/notifications.ts'
import { createSettings } from './tables/settings.ts'
import { createSilenceStore } from './tables/silences.ts'
import { createSourceStore } from './samples/sources.ts'
import { createStateStore } from './tables/states.ts'
import type { Store } from './types/store.ts'
import { createSummary } from './tables/summary.ts'
import { createDownsampling } from './samples/downsampling.ts'
import { createTransactions } from './sqlite/transactions.ts'
import { createWindowStore } from './tables/windows.ts'

export interface StoreOptions {
  /** The database; created if there is none. Its folder must exist. */
  file: string
  /** The folder of the SQL migrations. */
  migrationsDir: string
  log: Log
  meters?: Meters
  /** The folder of the built workers. */
  workersDir?: string | undefined
}

/** Throws if the file is no database or was written by a newer version; it is not changed then. */
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
  const headLog = createHeadLog(client, transactions)
  const head = readHead(headLog, catalog, newestIdIn(settings))
  catalog.hideEmpty()
  const history = { client, catalog, transactions, head, log: headLog, blocks, settings }
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
      headSize: () => head.size,
      logBytes: headLog.bytes,
      sizes: () => ({
        series: catalog.active(),
        headSamples: head.size,
        headBytes: head.bytes,
        blocks: blocks.count(),
      }),
      compact: createCompaction(history),
      markFutureAsLate: createMarkLate(history),
      downsample: createDownsampling(history),
    },
    series: catalog,
    sources: createSourceStore({ ...history, states }),
    rules: createRuleStore(database.orm),
    ruleChanges: createRuleChangeStore(database.orm),
    events: createEventStore(client, catalog, transactions),
    incidents: createIncidentStore(client),
    notifications: createNotificationStore(client),
    silences: createSilenceStore(database.orm),
    windows: createWindowStore(database.orm),
    changes: createChangeLog(client),
    states,
    feedback: createFeedbackQueue(client, transactions),
    idempotency: createIdempotencyStore(client),
    summary: createSummary(client, catalog),
    budget: createBudget(client),
    settings,
    commit: transactions.commit,
    transaction: transactions.transaction,
    isPaused: transactions.isPaused,
    setDurableWrites: (isOn) => setDurableWrites(client, isOn),
    onWriteFailure: transactions.onWriteFailure,
    onAppended: (listener) => void listeners.push(listener),
    close() {
      endCheckpoints()
      transactions.flush()
      client.close()
      log.info({ file }, 'Store closed')
    },
  }
}

/** Reads the log into memory. Samples that are compacted already only take up their ids. */
function readHead(log: HeadLog, catalog: Catalog, newestId: number): Head {
  const head = new Head(log.firstId() ?? newestId + 1)
  log.read((id, seriesId, time, value, metadata) => {
    const series = catalog.byId(seriesId)
    const isInHead = series && id > series.compactedUpTo
    if (isInHead) head.push(seriesId, time, value, isLate(series, time), metadata, series.lastHeadId)
    else head.push(0, time, value, false, metadata, 0)
    if (isInHead) addToHead(series, id, time, value, metadata)
  })
  return head
}
