// Quarantines a damaged database, never deletes it, and creates a new one: an alarm that doesn't start detects nothing.
import { renameSync } from 'node:fs'
import { textsFor } from '../../../shared/texts/texts.ts'
import { isDamage } from './recovery/integrity.ts'
import { asNameOf, moveLog } from './recovery/file-names.ts'
import { openStore, type StoreOptions } from './open.ts'
import type { Store } from './types/store.ts'

/**
 * `quarantined` is the notice for the engineer.
 *
 * @param now milliseconds since 1970
 * @throws Error as `openStore` does, except if the database is damaged
 */
export function openOrQuarantine(options: StoreOptions, now: number): { store: Store; quarantined?: string } {
  try {
    return { store: openStore(options) }
  } catch (error) {
    if (!isDamage(error)) throw error
    const file = `${options.file}.damaged-${asNameOf(now)}`
    // The log first: SQLite would delete a log without its database when it creates the next one.
    moveLog(options.file, file)
    renameSync(options.file, file)
    options.log.error({ err: error, file }, 'The database is damaged; it was quarantined and a new one was created')
    const quarantined = textsFor().databaseQuarantined({ damage: error.message, file })
    return { store: openStore(options), quarantined }
  }
}
