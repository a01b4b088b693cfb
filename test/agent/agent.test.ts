import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startHostAgent } from '../../electron/agent/agent.ts'
import { silentLog } from '../../electron/core/platform/ports.ts'
import { temporaryFolder } from '../support/host-process.ts'
import { startReceiver, until } from './receiver.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
const folder = temporaryFolder()
afterAll(folder.remove)
beforeEach(async () => void (receiver = await startReceiver()))
afterEach(async () => {
  vi.useRealTimers()
  await receiver.stop()
})

test('reads at once and then at every interval, and posts with source, unit and time', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const times = [1_000, 6_000]
  const agent = startHostAgent({
    url: `${receiver.url}/`,
    source: 'web1',
    folder: folder.path,
    clock: { now: () => times.shift()! },
    log: silentLog,
    readings: (now) => Promise.resolve([{ metricType: 'IO_READ', value: now }]),
  })
  await until(() => receiver.received.length === 1)
  vi.advanceTimersByTime(4_999)
  vi.advanceTimersByTime(1)
  await until(() => receiver.received.length === 2)
  await agent.stop()
  vi.advanceTimersByTime(60_000)
  const sample = { source: 'web1', metric_type: 'IO_READ', unit: 'B/s' }
  expect(receiver.received.map((post) => post.samples)).toEqual([
    [{ ...sample, value: 1_000, recorded_at: '1970-01-01T00:00:01.000Z' }],
    [{ ...sample, value: 6_000, recorded_at: '1970-01-01T00:00:06.000Z' }],
  ])
  expect(receiver.received[0]!.headers.authorization).toBeUndefined()
})
