// The settings, previews of rules, silent series, and the lock on the data folder.
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../../electron/core/boot/app.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

/** What SQLite calls its levels of `synchronous`. */
const [NORMAL, FULL] = [1, 2]

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const at = (milliseconds: number) => new Date(START + milliseconds).toISOString()

const post = (values: number[], source = 'web-1') =>
  temporary.client.postMetricsBatch({
    body: values.map((value, index) => ({
      source,
      metric_type: 'CPU',
      value,
      recorded_at: at((index - values.length) * 10_000),
    })),
  })

describe('settings', () => {
  it('have defaults, change by the field and outlive a restart', async () => {
    expect(await temporary.client.getSettings()).toMatchObject({
      theme: 'auto',
      notify: { INFO: false, WARNING: false, CRITICAL: true },
      retention_days: 30,
      about: { data_dir: temporary.dataDir, user: 'ada' },
    })
    await temporary.client.updateSettings({ body: { theme: 'dark' } })
    await temporary.client.updateSettings({ body: { notify: { WARNING: true }, retention_days: 2 } })
    await temporary.restart()
    expect(await temporary.client.getSettings()).toMatchObject({
      theme: 'dark',
      notify: { INFO: false, WARNING: true, CRITICAL: true },
      retention_days: 2,
    })
  })

  it('hold at once: what is older than the new retention is refused', async () => {
    const sample = { source: 'a', metric_type: 'b', value: 1, recorded_at: at(-3 * 86_400_000) }
    await temporary.client.postMetric({ body: sample })
    await temporary.client.updateSettings({ body: { retention_days: 2 } })
    await expect(temporary.client.postMetric({ body: sample })).rejects.toMatchObject({ problem: { status: 422 } })
  })

  it.each([{ theme: 'pink' }, { retention_days: 0 }, { notify: { INFO: 'loud' } }])('%j is refused', async (body) => {
    expect(await temporary.request({ method: 'PATCH', url: '/api/anomaly/settings', body })).toMatchObject({
      status: 422,
    })
  })

  it('say whether the connection waits for the disk, at once and after a restart', async () => {
    const pragma = vi.spyOn(Sqlite.prototype, 'pragma')
    const synchronous = () => {
      const client = (pragma.mock.contexts as Sqlite.Database[]).findLast(
        ({ name }) => name === join(temporary.dataDir, 'tocsin.db'),
      )!
      return client.pragma('synchronous', { simple: true })
    }
    await temporary.restart()
    expect(synchronous()).toBe(NORMAL)
    await temporary.client.updateSettings({ body: { durable_writes: true } })
    expect(synchronous()).toBe(FULL)
    await temporary.client.updateSettings({ body: { theme: 'dark' } })
    await temporary.restart()
    expect(synchronous()).toBe(FULL)
    await temporary.client.updateSettings({ body: { durable_writes: false } })
    expect(synchronous()).toBe(NORMAL)
    pragma.mockRestore()
  })

  it('show the token to those who are signed in', async () => {
    expect(await temporary.client.getToken()).toEqual({ token: temporary.app.token })
  })
})

describe('the preview of a rule', () => {
  const preview = (body: Parameters<typeof temporary.client.previewRule>[0]['body']) =>
    temporary.client.previewRule({ body })
  const limit = { method: 'THRESHOLD', threshold: 90 }
  const atOnce = { resolve_seconds: 0, resolve_samples: 1 }

  it('fires as often as an event would be raised, and gives the outcome of each', async () => {
    await post([50, 95, 96, 50, 97, 50, 99, 99, 99])
    const answer = await preview({ ...limit, ...atOnce, for_seconds: 10 })
    expect(answer).toMatchObject({ series: 1, series_evaluated: 1, samples: 9, flagged: 6, firings: 2 })
    expect(answer.newest_firings).toMatchObject([
      { source: 'web-1', value: 99, occurrences: 3, detected_at: at(-20_000), resolved_at: null, flapping: true },
      { value: 96, occurrences: 2, detected_at: at(-70_000), last_seen_at: at(-70_000), resolved_at: at(-60_000) },
    ])
    expect(await preview({ ...limit, ...atOnce, cooldown_seconds: 60 })).toMatchObject({ firings: 2 })
    expect(await preview(limit), 'a live one accumulates what follows').toMatchObject({
      firings: 1,
      newest_firings: [{ occurrences: 6, last_seen_at: at(-10_000) }],
    })
    expect(await preview({ ...limit, source: 'db-*' })).toMatchObject({ series: 0, samples: 0, firings: 0 })
  })

  it('counts only the hours asked for, with a baseline from before them', async () => {
    await post([...Array.from({ length: 99 }, (_, i) => 50 + (i % 3)), 400])
    temporary.clock.advance(3_600_000 - 15_000)
    expect(await preview({ method: 'ZSCORE', hours: 1 })).toMatchObject({ samples: 1, flagged: 1, firings: 1 })
  })

  it('states if it evaluated only the newest part of a long history', async () => {
    for (let batch = 0; batch < 201; batch++)
      await temporary.client.postMetricsBatch({
        body: Array.from({ length: 100 }, (_, index) => ({
          source: 'long',
          metric_type: 'CPU',
          value: 1,
          recorded_at: at((batch * 100 + index - 20_100) * 1000),
        })),
      })
    await post([1], 'short')
    expect(await preview(limit)).toMatchObject({ series: 2, series_truncated: 1, samples: 20_001 })
  })

  it('stores nothing and refuses what could not be saved', async () => {
    await post([99])
    await preview(limit)
    expect(await temporary.client.listRules()).toEqual([])
    expect(await temporary.client.listEvents()).toEqual([])
    await expect(preview({ method: 'THRESHOLD' })).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path: 'threshold' }] },
    })
  })
})

describe('series', () => {
  it('are found by how long they have been silent', async () => {
    await post([1], 'early')
    temporary.clock.advance(600_000)
    await temporary.client.postMetric({ body: { source: 'late', metric_type: 'CPU', value: 1 } })
    const silent = await temporary.client.listSeries({ query: { silent_seconds: 300 } })
    expect(silent.map(({ source }) => source)).toEqual(['early'])
  })
})

describe('the data folder', () => {
  it('is used by one Tocsin at a time', async () => {
    const second = createApp({
      dataDir: temporary.dataDir,
      resourcesDir: '',
      user: 'eve',
      clock: temporary.clock,
      log: silentLog,
      version: '0.0.0',
      host: '127.0.0.1',
      allowedHosts: [],
      ingestNeedsToken: false,
    })
    await expect(second).rejects.toThrow(`another Tocsin is already using the data folder ${temporary.dataDir}.`)
  })
})
