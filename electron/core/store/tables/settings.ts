// Small settings that outlive a restart.
import type { Database } from 'better-sqlite3'
import type { Store } from '../types/store.ts'

export function createSettings(client: Database): Store['settings'] {
  const get = client.prepare<[key: string], string>('SELECT value FROM settings WHERE key = ?').pluck()
  const set = client.prepare<[key: string, value: string]>(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (key) => get.get(key),
    set: (key, value) => void set.run(key, value),
  }
}
