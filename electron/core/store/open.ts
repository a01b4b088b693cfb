// The store on one SQLite file. Whatever lies behind the interface of store.ts is known in this folder only.
import type { Log } from '../ports.ts'
import { createCatalog } from './catalog.ts'
import { createChangeLog } from './changes.ts'
import { openDatabase } from './database.ts'
import { createEventStore } from './events.ts'
import { createIdempotencyStore } from './idempotency.ts'
import { createRuleStore } from './rules.ts'
import { createSampleStore } from './samples.ts'
import { createSettings } from './settings.ts'
import { createStateStore } from './states.ts'
import type { Store, StoredSample } from './store.ts'
import { createSummary } from './summary.ts'
import { createTransactions } from './transactions.ts'

interface StoreOptions {
  /** The database; made where there is none. Its folder must exist. */
  file: string
  /** The folder of the SQL migrations. */
  migrationsDir: string
  log: Log
}

/** Throws where the file is no database, or one of a newer version of the program; nothing is changed then. */
export function openStore({ file, migrationsDir, log }: StoreOptions): Store {
  const database = openDatabase(file, migrationsDir)
  const transactions = createTransactions(database.client, log)
  const catalog = createCatalog(database, transactions)
  const settings = createSettings(database.client)
  const listeners: ((samples: readonly StoredSample[]) => void)[] = []
  const announce = (samples: readonly StoredSample[]) =>
    listeners.forEach((listener) => transactions.onCommit(() => listener(samples)))
  log.info({ file }, 'Store opened')
  return {
    samples: createSampleStore(database.client, catalog, transactions, announce),
    series: catalog,
    rules: createRuleStore(database.orm),
    events: createEventStore(database, transactions),
    changes: createChangeLog(database.client),
    states: createStateStore(database.client, settings),
    idempotency: createIdempotencyStore(database.client),
    summary: createSummary(database.client),
    settings,
    commit: transactions.commit,
    transaction: transactions.transaction,
    onAppended: (listener) => void listeners.push(listener),
    close() {
      transactions.flush()
      database.client.close()
      log.info({ file }, 'Store closed')
    },
  }
}
