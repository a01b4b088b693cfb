// Nothing grows without a limit, and a limit that is reached is reported.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const metrics = async () =>
  (await temporary.app.server.inject({ url: '/metrics', headers: { authorization: `Bearer ${temporary.app.token}` } }))
    .body

it('rejects further series, shows it in the interface for an hour, and counts them', async () => {
  await temporary.client.updateSettings({ body: { max_series_per_source: 100 } })
  const named = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ source: 'bad', metric_type: `m${at}`, value: 1 }))
  await temporary.client.postMetricsBatch({ body: named(100) })
  expect((await temporary.client.getHealth()).series_rejection).toBeNull()
  const refused = temporary.client.postMetric({ body: { source: 'bad', metric_type: 'one more', value: 1 } })
  await expect(refused).rejects.toMatchObject({ problem: { status: 422 } })
  expect(await temporary.client.getHealth()).toMatchObject({
    series: 100,
    series_rejection: { at: new Date(START).toISOString(), source: 'bad', limit: 'series_of_source', max: 100 },
  })
  expect(await metrics()).toContain('tocsin_posts_refused_total{reason="series_of_source"} 1\n')
  temporary.clock.advance(3_600_000)
  expect((await temporary.client.getHealth()).series_rejection).toBeNull()
})

it('runs no drill on a new series if the limit is reached', async () => {
  await temporary.client.updateSettings({ body: { max_series: 100 } })
  for (let at = 0; at < 100; at++)
    await temporary.client.postMetric({ body: { source: `s${at}`, metric_type: 'CPU', value: 1 } })
  await expect(temporary.client.simulate({ body: { source: 's1', normal_count: 2 } })).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'source' }] },
  })
})

it('counts what the guards and the schemas refuse, by status', async () => {
  const { server } = temporary.app
  await server.inject({ url: '/api/anomaly/rules' })
  await server.inject({ url: '/healthz', headers: { host: 'evil.example' } })
  await server.inject({ url: '/healthz', headers: { origin: 'null' } })
  await temporary.request({ method: 'POST', url: '/api/anomaly/metrics', body: { source: '' } })
  await temporary.request({ url: '/api/anomaly/metrics/%zz' })
  const text = await metrics()
  for (const [status, count] of Object.entries({ 400: 1, 401: 1, 403: 1, 421: 1, 422: 1, 413: 0 }))
    expect(text).toContain(`tocsin_requests_refused_total{status="${status}"} ${count}\n`)
})

it('exposes its own metrics without any of those that were posted', async () => {
  const evil = '"} 1\ntocsin_forged{a="\\u202e'
  const rule = { name: evil, method: 'THRESHOLD', threshold: 1 }
  await temporary.client.createRule({ body: rule })
  await temporary.client.postMetric({
    body: { source: evil, metric_type: evil, unit: evil, tags: { [evil]: evil }, value: 9 },
  })
  await temporary.request({ method: 'POST', url: '/api/anomaly/metrics', body: { [evil]: evil } })
  await temporary.request({ url: `/api/anomaly/metrics/${encodeURIComponent(evil)}/${encodeURIComponent(evil)}` })
  const text = await metrics()
  expect(text).not.toMatch(/forged|\u202e/)
  // The text format: help, type, or a name with at most plain labels and a number.
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \S.*|[a-z_]+(\{[a-z_]+="[\w.+]+"(,[a-z_]+="[\w.+]+")*\})? -?[\d.e+-]+|)$/)
})

it('has room for 500 rules, 1,000 silences and 200 maintenance windows', async () => {
  const { client, dataDir } = temporary
  // Made beside it, since making each by a request takes its time.
  const database = new Database(join(dataDir, 'tocsin.db'))
  const fill = (table: string, count: number, columns: Record<string, string | number>) => {
    const values = Object.values(columns).map((value) => (typeof value === 'number' ? value : `'${value}'`))
    database.exec(`INSERT INTO ${table} (${Object.keys(columns).join()})
      WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ${count})
      SELECT ${values.join().replace("'@'", "'no. ' || at")} FROM n`)
  }
  const matcher = { source: 'nothing', metric_type: '*' }
  const made = { created_by: 'ada', created_at: START }
  const timing = { is_active: 1, for_seconds: 0, cooldown_seconds: 0, created_at: START, updated_at: START }
  const detection = { method: 'ZSCORE', z_threshold: 3, iqr_factor: 1.5, operator: 'above', min_samples: 10 }
  fill('rules', 499, { name: '@', revision: 1, ...matcher, ...detection, ...timing, params: '{}' })
  fill('silences', 999, { ...matcher, ...made, from_time: START, to_time: START + 1, comment: 'quiet' })
  const begins = { days: '[1]', start: '02:00', minutes: 1, time_zone: 'UTC', is_active: 1 }
  fill('maintenance_windows', 199, { name: '@', ...matcher, ...begins, ...made })
  database.close()

  const makes = [
    (name: string) => client.createRule({ body: { name, method: 'ZSCORE' } }),
    (comment: string) => client.createSilence({ body: { to: '2026-02-01T00:00:00Z', comment } }),
    (name: string) => client.createMaintenanceWindow({ body: { name, days: [1], start: '02:00', minutes: 1 } }),
  ]
  for (const make of makes) {
    await make('the last')
    await expect(make('one more')).rejects.toMatchObject({
      problem: { status: 422, detail: expect.stringMatching(/^The limit of .* is reached\.$/) },
    })
  }
  // What is over makes room.
  temporary.clock.advance(10)
  await makes[1]!('later')
})
