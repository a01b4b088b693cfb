// What is done now and then.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noMeters } from '../../electron/core/health/meters.ts'
import { silentLog } from '../../electron/core/ports.ts'
import { startUpkeep } from '../../electron/core/upkeep.ts'
import { temporaryStore, type TemporaryStore } from './store/temporary-store.ts'

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
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  temporary = temporaryStore()
})
afterEach(() => {
  vi.useRealTimers()
  temporary.remove()
})

test('what is judged is packed into blocks, and the time of each step is told', async () => {
  const { store } = temporary
  const compacted = vi.fn<(took: number) => void>()
  const end = startUpkeep({
    store,
    engine: { saveStates: async () => {} },
    desk: { endDrills: async () => {} },
    clock: { now: () => NOW },
    log: silentLog,
    meters: { ...noMeters, compacted },
    keeping: () => ({ retention_days: 30, history_days: 365, history_megabytes: 2000 }),
  })
  const append = () => store.transaction(() => store.samples.append([SAMPLE]))
  append()
  store.states.setJudgedUpTo(append())
  append()
  await vi.advanceTimersByTimeAsync(600_000)
  await vi.waitFor(() => expect(store.samples.sizes()).toMatchObject({ hotSamples: 1, blocks: 1, series: 1 }))
  expect(compacted.mock.calls.length).toBeGreaterThanOrEqual(2)
  expect(compacted.mock.calls.every(([took]) => took >= 0 && took < 1000)).toBe(true)
  end()
})
