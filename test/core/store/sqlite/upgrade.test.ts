// A database of an earlier version: what its events lack is filled in.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../../../../electron/core/platform/ports.ts'
import { openStore } from '../../../../electron/core/store/open.ts'
import { openDatabase } from '../../../../electron/core/store/sqlite/database.ts'
import { migrationsDir } from '../temporary-store.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tocsin-upgrade-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The migrations of a version that had so many. */
function migrationsUpTo(count: number): string {
  const earlier = join(folder, 'migrations')
  cpSync(migrationsDir, earlier, { recursive: true })
  const journal = join(earlier, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }))
  return earlier
}

test('events from before sides have one: by the figure, else by the bound that the value crossed', () => {
  const file = join(folder, 'tocsin.db')
  const { client } = openDatabase(file, migrationsUpTo(7))
  client.exec(`
    INSERT INTO series (id, source, source_folded, metric_type, metric_type_folded, drill, unit, last_value, last_time, last_sample_id, count)
    VALUES (1, 'web-1', 'web-1', 'CPU', 'cpu', 0, NULL, 1, 1, 1, 1)`)
  const insert = client.prepare(
    `INSERT INTO events (rule_name, series_id, last_sample_id, method, value, score, figure, lower, upper, severity,
       status, title, description, detected_at, last_seen_at, occurrences, peak_value, incident_id)
     VALUES ('r', 1, 1, ?, ?, 0.9, ?, ?, ?, 'WARNING', 'OPEN', 't', 'd', 1000, 2000, 1, 1, ?)`,
  )
  const rows = [
    ['ZSCORE', 99, 4, 10, 50],
    ['ZSCORE', 1, -4, 10, 50],
    ['ADAPTIVE', 51, -2, 52, 90],
    ['THRESHOLD', 99, null, null, 90],
    ['THRESHOLD', 1, null, 10, null],
    ['NO_DATA', 5, 3, null, null],
  ] as const
  for (const [index, row] of rows.entries()) insert.run(...row, index + 1)
  client.close()

  const store = openStore({ file, migrationsDir, log: silentLog })
  const events = rows.map((_, index) => store.events.get(index + 1)!)
  expect(events.map(({ side }) => side)).toEqual(['above', 'below', 'below', 'above', 'below', 'silent'])
  expect(events[0]).toMatchObject({ current_value: null, peak_at: null, notified_at: null, incident_id: 1 })
  expect(store.incidents.list({ since: 0, limit: 9, offset: 0 })).toMatchObject({ total: 6 })
  store.close()
})
