// A store on a real file in a folder of its own.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { openStore } from '../../../electron/core/store/open.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'

export const migrationsDir = join(import.meta.dirname, '../../../resources/migrations')

export interface TemporaryStore {
  /** The store as it is open now. */
  readonly store: Store
  readonly file: string
  /** Closes the store and opens the same file again, as a restart of the program does. */
  reopen(): Store
  /** Has a look at the file as a killed program leaves it, log and all, opened by another. */
  afterAKill<T>(look: (store: Store) => T): T
  /** Closes the store and removes its folder. */
  remove(): void
}

export function temporaryStore(): TemporaryStore {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-store-'))
  const file = join(folder, 'tocsin.db')
  const open = (at = file) => openStore({ file: at, migrationsDir, log: silentLog })
  let store = open()
  return {
    get store() {
      return store
    },
    file,
    reopen() {
      store.close()
      return (store = open())
    },
    afterAKill(look) {
      const left = mkdtempSync(join(tmpdir(), 'tocsin-kill-'))
      try {
        for (const suffix of ['', '-wal']) copyFileSync(file + suffix, join(left, `tocsin.db${suffix}`))
        const revived = open(join(left, 'tocsin.db'))
        try {
          return look(revived)
        } finally {
          revived.close()
        }
      } finally {
        rmSync(left, { recursive: true })
      }
    },
    remove() {
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
