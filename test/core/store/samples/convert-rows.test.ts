// The samples of 0.1.0 before the log, one indexed row each, must all be there after the first start.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../../../../electron/core/platform/ports.ts'
import { openStore } from '../../../../electron/core/store/open.ts'
import { appendTo, T0 } from '../examples.ts'
import { migrationsDir } from '../temporary-store.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-rows-'))
  file = join(folder, 'tocsin.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => openStore({ file, migrationsDir, log: silentLog })

/** A database as the first migration made it, with samples of two series, some late. */
function makeOld(count: number) {
  const start = readFileSync(
    join(
      migrationsDir,
      readdirSync(migrationsDir).find((name) => name.startsWith('0000'))!,
    ),
    'utf8',
  )
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  const client = new Sqlite(file)
  client.pragma('auto_vacuum = INCREMENTAL')
  for (const statement of start.split('--> statement-breakpoint')) client.exec(statement)
  client.exec('CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  client.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ?)").run(journal.entries[0]!.when)
  const series = client.prepare(
    `INSERT INTO series (source, metric_type, drill, source_folded, metric_type_folded, unit, last_value, last_time, last_sample_id, count)
     VALUES (?, 'CPU', 0, ?, 'cpu', '%', ?, ?, ?, ?)`,
  )
  for (const [source, last] of [
    ['a', count - 1],
    ['b', count],
  ] as const)
    series.run(source, source, last, T0 + last * 1000, last, count / 2)
  const sample = client.prepare(
    'INSERT INTO samples (series_id, time, value, server_id, unit, tags, late) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (let id = 1; id <= count; id++) {
    const late = id % 10 === 0
    sample.run(
      id % 2 === 1 ? 1 : 2,
      T0 + id * 1000 - (late ? 60_000 : 0),
      id,
      id % 3 === 0 ? 7 : null,
      '%',
      id % 4 === 0 ? '{"n":1}' : null,
      late ? 1 : 0,
    )
  }
  client.close()
}

test('every sample of an earlier version is there, and new ones go on with the ids', () => {
  makeOld(3000)
  const store = open()
  const samples = [1, 2].flatMap((id) => store.samples.newest([id], 0, T0 + 1e10, 1e6)).toSorted((a, b) => a.id - b.id)
  expect(samples.map(({ id, value }) => [id, value])).toEqual(Array.from({ length: 3000 }, (_, i) => [i + 1, i + 1]))
  expect(samples[11]).toEqual({
    id: 12,
    server_id: 7,
    source: 'b',
    metric_type: 'CPU',
    value: 12,
    unit: '%',
    tags: { n: 1 },
    recorded_at: new Date(T0 + 12_000).toISOString(),
  })
  expect(store.samples.recent(2, 2).map(({ id }) => id)).toEqual([2996, 2998])
  expect(store.series.list({ limit: 9, offset: 0 })).toMatchObject([{ count: 1500 }, { count: 1500, last_value: 3000 }])
  expect(store.states.evaluatedUpTo()).toBe(3000)
  expect(appendTo(store, { source: 'a', time: T0 + 4e6 })).toMatchObject([{ id: 3001, seriesId: 1, late: false }])
  store.close()
  const client = new Sqlite(file)
  expect(client.prepare("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%samples_%rows%'").pluck().get()).toBe(0)
  client.close()
})

test('an interrupted conversion continues where it stopped', () => {
  makeOld(100)
  const client = new Sqlite(file)
  client.exec(
    "CREATE TRIGGER doom BEFORE DELETE ON samples WHEN old.series_id = 2 BEGIN SELECT RAISE(ABORT, 'killed'); END",
  )
  client.close()
  expect(open).toThrow('killed')
  const again = new Sqlite(file)
  again.exec('DROP TRIGGER doom')
  again.close()
  const store = open()
  expect(store.samples.newest([1, 2], 0, T0 + 1e10, 1e6)).toHaveLength(100)
  store.close()
})
