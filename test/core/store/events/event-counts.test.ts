import fc from 'fast-check'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../../../shared/domain/time.ts'
import { noMeters } from '../../../../electron/core/platform/meters.ts'
import { silentLog } from '../../../../electron/core/platform/ports.ts'
import { createCatalog } from '../../../../electron/core/store/series/catalog.ts'
import { openDatabase, type Database } from '../../../../electron/core/store/sqlite/database.ts'
import { createEventStore } from '../../../../electron/core/store/events/events.ts'
import { createRuleStore } from '../../../../electron/core/store/tables/rules.ts'
import { createTransactions } from '../../../../electron/core/store/sqlite/transactions.ts'
import { SEVERITIES, STATUSES } from '../../../../shared/schemas/event.ts'
import { iso, newEvent, newRule, newSample, T0 } from '../examples.ts'
import { migrationsDir } from '../temporary-store.ts'

const QUARTER = 900_000

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tocsin-counts-'))))
afterEach(() => rmSync(folder, { recursive: true }))

/** Events on the database itself, so that they can be deleted too. */
function openEvents() {
  const database = openDatabase(join(folder, 'tocsin.db'), migrationsDir)
  const transactions = createTransactions(database.client, silentLog, noMeters)
  const catalog = createCatalog(database, transactions)
  const events = createEventStore(database.client, catalog, transactions)
  return { ...database, ...transactions, catalog, events }
}

type Opened = ReturnType<typeof openEvents>

const seriesIn = ({ catalog, transaction }: Opened) =>
  transaction(() =>
    ['CPU', 'cpu', 'x{y="z"}'].flatMap((metricType) =>
      [true, false].map((drill) => catalog.headFor(newSample({ metricType, drill }))),
    ),
  )

const insertInto = ({ events }: Opened, seriesId: number, given: Parameters<typeof newEvent>[1]) =>
  events.insert(newEvent({ ...newSample(), id: 1, seriesId, late: false }, given))

/** Counted anew from the events alone, without the triggers and their view. */
function countedAnew({ client }: Database): Map<string, number> {
  const counts = new Map<string, number>()
  interface Row {
    at: number
    status: string
    severity: string
    metric_type: string
    drill: number
    silenced_by: string | null
    rule_id: number | null
    acknowledged_at: number | null
    confirmed_at: number | null
    resolved_by: string | null
    begins: number
  }
  const rows = client.prepare<[], Row>(
    `SELECT detected_at AS at, status, severity, metric_type, drill, silenced_by, rule_id, acknowledged_at, confirmed_at,
       resolved_by,       incident_id = events.id AS begins
     FROM events JOIN series ON series.id = series_id`,
  )
  const count = (dimension: string, span: number, at: number, key: string) => {
    const place = JSON.stringify([dimension, span, at - (at % span), key])
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  for (const { at, status, severity, metric_type, drill, silenced_by, ...row } of rows.all()) {
    const keys = Object.entries({ status, severity, metric_type })
    if (status === 'OPEN' && severity === 'CRITICAL' && !silenced_by)
      keys.push(['open_critical', drill ? 'drill' : 'real'])
    for (const span of [QUARTER, DAY]) for (const [dimension, key] of keys) count(dimension, span, at, key)
    if (row.rule_id === null || drill) continue
    const letters = [
      status === 'FALSE_POSITIVE' && 'f',
      row.acknowledged_at !== null && 'a',
      row.confirmed_at !== null && 'c',
      status === 'RESOLVED' && (row.resolved_by === 'tocsin' ? 't' : 'p'),
      silenced_by && 's',
      row.begins && 'i',
    ]
    count('rule', QUARTER, at, String(row.rule_id))
    count('worth', DAY, at, `${row.rule_id} ${letters.filter(Boolean).join('')}`)
  }
  return counts
}

const kept = ({ client }: Database) =>
  new Map(
    client
      .prepare<[], [string, number]>('SELECT json_array(dimension, span, start, key), events FROM event_counts')
      .raw()
      .all(),
  )

const which = fc.nat(1000)
const status = fc.constantFrom(...STATUSES)
const severity = fc.constantFrom(...SEVERITIES)
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: fc.constant('insert'), which, status, severity, at: fc.nat(3 * DAY) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('update'), which, status, severity, at: fc.constant(0) }) },
  fc.record({
    act: fc.constantFrom('delete', 'move', 'silence', 'unsilence'),
    which,
    status,
    severity,
    at: fc.nat(3 * DAY),
  }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never
const parts = fc.array(fc.record({ acts: fc.array(act, { maxLength: 8 }), undone: fc.boolean() }), { maxLength: 12 })

test('the counters are what counting anew gives, whatever happens to the events', () => {
  const opened = openEvents()
  const { client, events, transaction } = opened
  const series = seriesIn(opened)
  const rules: (number | null)[] = [
    null,
    ...['n', 'm'].map((name) => createRuleStore(opened.orm).insert(newRule({ name }), T0).id),
  ]
  const anyEvent = (at: number) => {
    const all = events.list({ since: 0, limit: 1e6, offset: 0 })
    return all[at % all.length]
  }
  const perform = ({ act, which, status, severity, at }: Act) => {
    const seriesId = series[which % series.length]!.id
    if (act === 'insert') {
      const [rule_id, incident_id] = [rules[which % 3]!, which % 2 ? null : 999_999]
      return insertInto(opened, seriesId, { status, severity, rule_id, incident_id, detected_at: iso(T0 + at) })
    }
    const id = anyEvent(which)?.id
    if (id === undefined) return undefined
    if (act === 'update') {
      const acknowledged_at = which % 2 ? iso(T0) : null
      const confirmed_at = which % 5 ? null : iso(T0)
      return events.update(id, {
        status,
        severity,
        acknowledged_at,
        confirmed_at,
        resolved_by: ['tocsin', 'ann', null][which % 3]!,
      })
    }
    if (act === 'silence') return events.update(id, { silenced_by: 'snooze', silenced_until: iso(T0 + at) })
    if (act === 'unsilence') return events.update(id, { silenced_by: null, silenced_until: null })
    if (act === 'move')
      return client.prepare('UPDATE events SET series_id = ?, detected_at = ? WHERE id = ?').run(seriesId, T0 + at, id)
    return client.prepare('DELETE FROM events WHERE id = ?').run(id)
  }
  let most = 0
  fc.assert(
    fc.property(parts, (each) => {
      for (const { acts, undone } of each) {
        const before = kept(opened)
        const run = () =>
          transaction(() => {
            acts.forEach(perform)
            if (undone) throw new Error('undone')
          })
        if (undone) expect(run).toThrow('undone')
        else run()
        expect(kept(opened)).toEqual(undone ? before : countedAnew(opened))
        most = Math.max(most, kept(opened).size)
      }
    }),
    { numRuns: 50 },
  )
  expect(most).toBeGreaterThan(50)
  client.close()
})

test('the events of a database from before the counters are counted when it is opened', () => {
  const before = join(folder, 'migrations')
  cpSync(migrationsDir, before, { recursive: true })
  const journal = join(before, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
  const count = entries.findIndex(({ tag }) => tag === '0003_event_counts')
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }))
  const { client } = openDatabase(join(folder, 'tocsin.db'), before)
  client.exec(`INSERT INTO series (source, metric_type, drill, source_folded, metric_type_folded, last_value, last_time,
      last_sample_id, count) VALUES ('a', 'CPU', 0, 'a', 'cpu', 1, ${T0}, 1, 1), ('a', 'CPU', 1, 'a', 'cpu', 1, ${T0}, 1, 1)`)
  const insert =
    client.prepare(`INSERT INTO events (rule_name, series_id, last_sample_id, method, value, score, severity,
      status, title, description, detected_at, last_seen_at, occurrences, peak_value, incident_id)
    VALUES ('r', ?, 1, 'ZSCORE', 1, 1, ?, ?, '', '', ?, 0, 1, 1, 1)`)
  for (let i = 0; i < 200; i++) insert.run(1 + (i % 2), SEVERITIES[i % 3], STATUSES[i % 4], T0 + i * 1_234_567)
  client.close()

  const opened = openEvents()
  const counts = kept(opened)
  expect(counts).toEqual(countedAnew(opened))
  expect(counts.size).toBeGreaterThan(100)
  opened.client.close()
})
