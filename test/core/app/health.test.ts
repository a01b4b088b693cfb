// Tocsin's own health: at /metrics and in the interface.
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp({ keepFirstRules: true })))
afterEach(() => temporary.remove())

/** Values by name and labels. */
async function scrape(): Promise<Record<string, number>> {
  const answer = await temporary.app.server.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${temporary.app.token}` },
  })
  expect(answer.statusCode).toBe(200)
  const lines = answer.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => line.split(/ (?=[^ ]+$)/) as [string, string]).map(([k, v]) => [k, Number(v)]),
  )
}

const post = (count: number) =>
  temporary.client.postMetricsBatch({
    body: Array.from({ length: count }, (_, index) => ({
      source: `web-${index % 4}`,
      metric_type: 'CPU',
      value: index,
    })),
  })

async function allEvaluated() {
  await expect.poll(async () => (await temporary.client.getHealth()).samples_waiting).toBe(0)
}

it('counts what was stored and evaluated, and takes the time of it', async () => {
  expect(await scrape()).toMatchObject({ tocsin_samples_stored_total: 0, tocsin_commit_duration_seconds_count: 0 })
  await post(30)
  await post(12)
  await allEvaluated()
  const metrics = await scrape()
  expect(metrics).toMatchObject({
    tocsin_samples_stored_total: 42,
    tocsin_samples_judged_total: 42,
    tocsin_samples_waiting: 0,
    tocsin_commit_samples_sum: 42,
    tocsin_commit_samples_count: 2,
    tocsin_commit_duration_seconds_count: 2,
    'tocsin_posts_refused_total{reason="overloaded"}': 0,
    tocsin_hot_log_samples: 42,
    tocsin_series: 4,
    tocsin_blocks: 0,
    tocsin_stream_readers: 0,
    tocsin_watched_series: 4,
    tocsin_events_live: 0,
    tocsin_events_open_critical: 0,
  })
  expect(metrics.tocsin_judging_chunk_duration_seconds_count).toBeGreaterThanOrEqual(1)
  for (const name of [
    'tocsin_commit_duration_seconds_sum',
    'tocsin_judging_chunk_duration_seconds_sum',
    'tocsin_hot_log_memory_bytes',
    'tocsin_database_size_bytes{file="database"}',
    'tocsin_database_size_bytes{file="wal"}',
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_heap_size_used_bytes',
  ])
    expect(metrics[name], name).toBeGreaterThan(0)
})

it('counts a live event until somebody resolves it, and leaves drills out', async () => {
  await temporary.client.simulate({ body: { source: 'web-1', metric_type: 'CPU' } })
  expect(await temporary.client.listEvents()).not.toEqual([])
  expect(await scrape()).toMatchObject({ tocsin_events_live: 0, tocsin_events_open_critical: 0 })
  await temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'DISK', value: 99 } })
  await vi.waitFor(async () =>
    expect(await scrape()).toMatchObject({ tocsin_events_live: 1, tocsin_events_open_critical: 1 }),
  )
  const [event] = await temporary.client.listEvents({ query: { metric_type: 'DISK' } })
  await temporary.client.acknowledgeEvent({ params: { event_id: event!.id } })
  expect(await scrape()).toMatchObject({ tocsin_events_live: 1, tocsin_events_open_critical: 0 })
  await temporary.client.resolveEvent({ params: { event_id: event!.id } })
  expect(await scrape()).toMatchObject({ tocsin_events_live: 0 })
})

it('counts the readers of the stream', async () => {
  const end = temporary.app.changes.subscribe(() => {})
  expect(await scrape()).toMatchObject({ tocsin_stream_readers: 1 })
  end()
  expect(await scrape()).toMatchObject({ tocsin_stream_readers: 0 })
})

it('sums up the last minute in a few numbers', async () => {
  const quiet = await temporary.client.getHealth()
  expect(quiet).toMatchObject({
    running_since: new Date(START).toISOString(),
    samples_waiting: 0,
    samples_per_second: 0,
    rejected_posts: 0,
    commit_p99: null,
    evaluation_p99: null,
    compaction_p99: null,
  })
  await post(100)
  await allEvaluated()
  const busy = await temporary.client.getHealth()
  expect(busy.samples_per_second).toBeGreaterThan(0)
  expect(busy.commit_p99).toBeGreaterThan(0)
  expect(busy.evaluation_p99).toBeGreaterThan(0)
  expect(busy.database_bytes).toBeGreaterThan(0)
  expect(busy.memory_bytes).toBeGreaterThan(1e7)
})

it('names the longest that everything had to wait', async () => {
  await temporary.client.getHealth()
  await pause(5)
  const end = performance.now() + 500
  while (performance.now() < end);
  // A turn counts once it is over.
  await pause(5)
  expect((await temporary.client.getHealth()).event_loop_lag_max).toBeGreaterThanOrEqual(495)
  const metrics = await scrape()
  expect(metrics['tocsin_event_loop_delay_seconds{quantile="1"}']).toBeGreaterThanOrEqual(0.495)
  // A scrape begins anew; the minute goes on.
  expect((await scrape())['tocsin_event_loop_delay_seconds{quantile="1"}']).toBeLessThan(0.495)
  expect((await temporary.client.getHealth()).event_loop_lag_max).toBeGreaterThanOrEqual(495)
})
