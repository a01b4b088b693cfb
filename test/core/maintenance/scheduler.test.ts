// What is done now and then.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noMeters } from '../../../electron/core/platform/meters.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { startMaintenance } from '../../../electron/core/maintenance/scheduler.ts'
import { raiseOn } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const SAMPLE = {
  source: 'web-1',
  metricType: 'CPU',
  value: 1,
  unit: null,
  tags: null,
  serverId: null,
  time: NOW,
  drill: false,
}

let temporary: TemporaryStore
let now = NOW
beforeEach(() => {
  now = NOW
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  temporary = temporaryStore()
})
afterEach(() => {
  vi.useRealTimers()
  temporary.remove()
})

const RETENTION = { retention_days: 30, history_days: 365, history_megabytes: 2000 }

function start(meters = noMeters) {
  return startMaintenance({
    store: temporary.store,
    engine: { saveStates: async () => {} },
    actions: { endDrills: async () => {} },
    silencing: { tick: async () => {} },
    noData: { tick: async () => {} },
    clockSkew: { tick: () => false },
    sourceDeletion: { step: () => false },
    clock: { now: () => now },
    log: silentLog,
    meters,
    retention: () => RETENTION,
  })
}

test('a log that takes many bytes is compacted at once', async () => {
  const { store } = temporary
  const end = start()
  const heavy = (bytes: number) => ({ ...SAMPLE, tags: { note: `${Math.random()}`.padEnd(bytes, 'x') } })
  const append = (count: number) =>
    store.states.setEvaluatedUpTo(
      store.transaction(() => store.samples.append(Array.from({ length: count }, () => heavy(200_000)))) + count - 1,
    )
  append(70)
  await vi.advanceTimersByTimeAsync(1000)
  expect(store.samples.headSize()).toBe(70)
  append(20)
  await vi.advanceTimersByTimeAsync(1000)
  await expect.poll(store.samples.headSize).toBe(0)
  end()
})

test('what is evaluated is compacted into blocks, and the time of each step is measured', async () => {
  const { store } = temporary
  const compacted = vi.fn<(took: number) => void>()
  const end = start({ ...noMeters, compacted })
  const append = () => store.transaction(() => store.samples.append([SAMPLE]))
  append()
  store.states.setEvaluatedUpTo(append())
  append()
  await vi.advanceTimersByTimeAsync(600_000)
  await expect.poll(store.samples.sizes).toMatchObject({ headSamples: 1, blocks: 1, series: 1 })
  expect(compacted.mock.calls.length).toBeGreaterThanOrEqual(2)
  expect(compacted.mock.calls.every(([took]) => took >= 0 && took < 1000)).toBe(true)
  end()
})

test.each([
  ['after a while', 1],
  ['before it ever looked', 0],
])('a clock that is set years ahead %s removes nothing at once', async (_, looks) => {
  const { store } = temporary
  const end = start()
  const append = () => store.transaction(() => store.samples.append([SAMPLE]))
  append()
  store.states.setEvaluatedUpTo(append())
  while (store.samples.compact(store.states.evaluatedUpTo()));
  await vi.advanceTimersByTimeAsync(looks * 600_000)
  now += 400 * 86_400_000
  const aged = () => Number(store.settings.get('thinned_as_of')) - NOW
  const before = aged()
  await vi.advanceTimersByTimeAsync(600_000)
  await expect.poll(aged).toBeGreaterThan(before)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(store.samples.sizes().blocks).toBe(1)
  end()
})

test('events that were over before the history begins are removed, live ones never', async () => {
  const { store } = temporary
  const long = new Date(NOW - 400 * 86_400_000).toISOString()
  const [kept] = ['OPEN', 'RESOLVED'].map((status) =>
    raiseOn(
      store,
      { time: NOW },
      { status: status as 'OPEN', detected_at: long, last_seen_at: long, resolved_at: long },
    ),
  )
  const end = start()
  await vi.advanceTimersByTimeAsync(600_000)
  await expect.poll(() => store.events.list({ since: 0, limit: 9, offset: 0 })).toMatchObject([{ id: kept!.id }])
  end()
})
