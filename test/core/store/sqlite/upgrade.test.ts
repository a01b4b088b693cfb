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

test('events from before confirmations keep their counters, and none counts as right until it is confirmed', () => {
  const file = join(folder, 'tocsin.db')
  const { client } = openDatabase(file, migrationsUpTo(8))
  client.exec(`
    INSERT INTO series (id, source, source_folded, metric_type, metric_type_folded, drill, unit, last_value, last_time, last_sample_id, count)
    VALUES (1, 'web-1', 'web-1', 'CPU', 'cpu', 0, NULL, 1, 1, 1, 1);
    INSERT INTO rules (id, name, source, metric_type, method, z_threshold, iqr_factor, operator, min_samples, is_active,
      for_seconds, cooldown_seconds, resolve_seconds, recovery_score, params, revision, created_at, updated_at)
    VALUES (1, 'r', '*', '*', 'ZSCORE', 3, 1.5, 'above', 10, 1, 0, 0, 300, 0.4, '{}', 1, 0, 0)`)
  const insert = client.prepare(
    `INSERT INTO events (rule_id, rule_name, series_id, last_sample_id, method, value, score, severity, status, title,
       description, detected_at, last_seen_at, occurrences, peak_value, incident_id, acknowledged_at, resolved_by)
     VALUES (1, 'r', 1, 1, 'ZSCORE', 1, 0.9, 'WARNING', ?, 't', 'd', 1000, 2000, 1, 1, 1, ?, ?)`,
  )
  for (const row of [
    ['ACKNOWLEDGED', 1500, null],
    ['RESOLVED', 1500, 'ann'],
    ['FALSE_POSITIVE', null, 'ann'],
  ])
    insert.run(...row)
  client.close()

  const store = openStore({ file, migrationsDir, log: silentLog })
  const worth = () => store.budget.ruleStats(0, [])(1)
  const before = { firings: 3, acknowledged: 2, resolved_by_person: 1, false_alarms: 1, confirmed: 0 }
  expect(worth()).toMatchObject(before)
  expect(store.events.get(2)).toMatchObject({ confirmed_at: null, resolution: null, raised_at: null })
  store.events.update(2, { confirmed_at: new Date(3000).toISOString(), confirmed_by: 'ann' })
  expect(worth()).toMatchObject({ ...before, confirmed: 1 })
  store.close()
})
