// A run over the history in its thread: its progress, how it is cancelled, and that live work goes on.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBacktestRunner, type BacktestRequest } from '../../../electron/core/backtest/backtests.ts'
import { createBacktestJobs } from '../../../electron/core/backtest/jobs.ts'
import { watchLoopDelay } from '../../../electron/core/telemetry/loop-delay.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { createSettingsService } from '../../../electron/core/settings/service.ts'
import type { Backtest } from '../../../shared/schemas/backtest.ts'
import { ruleIn } from '../../../shared/schemas/rule.ts'
import { eventually } from '../app/temporary-app.ts'
import { appendTo, compactAll, T0 } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const WORKER = join(import.meta.dirname, '../../../out/workers/backtest.js')
const SERIES = 5
const COUNT = 300_000

let temporary: TemporaryStore
beforeEach(() => void (temporary = temporaryStore()))
afterEach(() => temporary.remove())

function fill(count: number) {
  for (let from = 0; from < count; from += 5000)
    appendTo(
      temporary.store,
      ...Array.from({ length: Math.min(5000, count - from) }, (_, i) => ({
        source: `web-${i % SERIES}`,
        value: ((from + i) * 7919) % 100,
        time: T0 + (from + i) * 100,
      })),
    )
  compactAll(temporary.store)
}

const request = (method = 'ADAPTIVE', count = COUNT): BacktestRequest => ({
  rules: [{ ...ruleIn.parse({ name: 'n', method, threshold: 98 }), threshold: 98 }],
  ruleId: null,
  from: T0,
  to: T0 + count * 100,
  maxFirings: 100,
})

function start(workerFile: string | undefined = WORKER) {
  const { store } = temporary
  const logged: string[] = []
  const log = { ...silentLog, info: (_: object, message: string) => void logged.push(message) }
  const runBacktest = createBacktestRunner({ store, settings: createSettingsService(store), log, workerFile })
  return { runBacktest, jobs: createBacktestJobs(runBacktest, silentLog), logged }
}

describe('a run', () => {
  it('reports its progress, part by part', async () => {
    fill(60_000)
    const progress: Backtest['progress'][] = []
    const { samples } = await start().runBacktest(
      request('MAD', 60_000),
      {},
      { progress: (each) => progress.push(each) },
    )
    expect(samples).toBe(60_000)
    expect(progress.length).toBeGreaterThan(SERIES)
    expect(progress.at(-1)).toEqual({ series_done: SERIES, series: SERIES, samples_done: 60_000, samples: 60_000 })
    expect(progress.map(({ samples_done }) => samples_done)).toEqual(
      progress.map(({ samples_done }) => samples_done).toSorted((one, other) => one - other),
    )
  })

  it('is cancelled, and two at a time are enough', async () => {
    fill(COUNT)
    const { jobs } = start()
    const [one, two] = [jobs.start(request(), {}), jobs.start(request(), {})]
    expect(() => jobs.start(request(), {})).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
    jobs.cancel(one)
    await eventually(async () => expect(jobs.get(one)).toMatchObject({ status: 'cancelled', result: null }))
    const three = jobs.start(request('THRESHOLD'), {})
    jobs.end()
    await eventually(async () =>
      expect([two, three].map((id) => jobs.get(id).status)).toEqual(['cancelled', 'cancelled']),
    )
    expect(() => jobs.get(99)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it('leaves the main thread to live work', async () => {
    fill(COUNT)
    const { jobs } = start()
    const delay = watchLoopDelay()
    await new Promise((resolve) => setImmediate(resolve))
    delay.read()
    const id = jobs.start(request(), {})
    let commits = 0
    for (; jobs.get(id).status === 'running'; commits++) await temporary.store.commit(() => appendLate(commits))
    const { p50, p99 } = delay.read()
    delay.end()
    expect(jobs.get(id)).toMatchObject({ status: 'done', result: { samples: COUNT } })
    expect(commits).toBeGreaterThan(20)
    expect(p50).toBeLessThan(0.02)
    expect(p99).toBeLessThan(0.2)
  })

  const appendLate = (index: number) =>
    temporary.store.samples.append([
      {
        source: 'web-live',
        metricType: 'CPU',
        value: index,
        unit: null,
        tags: null,
        serverId: null,
        time: T0 + COUNT * 200 + index,
        drill: false,
      },
    ])

  it('runs in slices if there is no thread, and logs it', async () => {
    fill(10_000)
    const { runBacktest, logged } = start('/nowhere/backtest.js')
    const { samples, tallies } = await runBacktest(request('THRESHOLD', 10_000), {})
    expect([samples, tallies[0]!.flagged]).toEqual([10_000, 100])
    expect(logged).toEqual(['There is no backtest thread; backtests run in slices on the main thread'])
  })

  it('reports that its thread has failed', async () => {
    fill(10_000)
    const broken = join(dirname(temporary.file), 'backtest.js')
    writeFileSync(broken, 'throw new Error("out of order")')
    const { jobs } = start(broken)
    const id = jobs.start(request(), {})
    await eventually(async () => expect(jobs.get(id)).toMatchObject({ status: 'failed', error: 'out of order' }))
  })
})
