import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { p99Between, watchLastMinute } from '../../../electron/core/telemetry/last-minute.ts'
import { createStageMetrics } from '../../../electron/core/telemetry/stages.ts'

describe('the 99th percentile between two counts', () => {
  const buckets = (...counts: number[]) =>
    new Map([0.001, 0.01, 0.1, Infinity].map((bound, index) => [bound, counts[index]!]))
  const none = buckets(0, 0, 0, 0)

  it.each([
    ['nothing came', none, null],
    ['all is in the first bucket', buckets(100, 100, 100, 100), 0.99],
    ['it is in the middle of a bucket', buckets(0, 0, 100, 100), 10 + 90 * 0.99],
    ['one in a hundred is slower', buckets(99, 100, 100, 100), 1],
    ['one in fifty is slower', buckets(98, 100, 100, 100), 1 + 9 * 0.5],
    ['more is beyond the last bound', buckets(0, 0, 0, 5), 100],
  ])('when %s', (_, now, expected) => {
    if (expected === null) expect(p99Between(none, now)).toBeNull()
    else expect(p99Between(none, now)).toBeCloseTo(expected)
  })

  it('leaves out what was before', () => {
    expect(p99Between(buckets(0, 0, 900, 900), buckets(100, 100, 1000, 1000))).toBeCloseTo(0.99)
  })
})

describe('the last minute', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  function watch() {
    const stages = createStageMetrics(new Registry(), [])
    let max = 0
    const delay = {
      read() {
        const read = { p50: 0, p99: 0, p999: 0, max }
        max = 0
        return read
      },
      end() {},
    }
    return { ...stages, minute: watchLastMinute(stages, delay), hold: (seconds: number) => void (max = seconds) }
  }

  it('drops what is older', async () => {
    const { meters, minute, hold } = watch()
    await minute.read()
    meters.stored(1200)
    meters.committed(400)
    hold(0.4)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await minute.read()).toMatchObject({ samplesPerSecond: 60, longestTurn: 400, evaluationP99: null })
    expect((await minute.read()).commitP99).toBeGreaterThan(250)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await minute.read()).toMatchObject({ samplesPerSecond: 24, longestTurn: 400 })
    await vi.advanceTimersByTimeAsync(40_000)
    expect(await minute.read()).toEqual({
      samplesPerSecond: 0,
      commitP99: null,
      evaluationP99: null,
      compactionP99: null,
      longestTurn: 0,
    })
    minute.end()
  })
})
