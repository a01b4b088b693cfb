// Drills: they fire like real events and change no real data.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  temporary = await temporaryApp()
  await temporary.client.createRule({ body: { name: 'z', method: 'ZSCORE', for_seconds: 600, severity: 'CRITICAL' } })
})
afterEach(async () => {
  await temporary.remove()
  vi.useRealTimers()
})

const drill = {
  source: 'web-1',
  metric_type: 'CPU',
  normal_count: 50,
  baseline_mean: 40,
  baseline_std: 2,
  anomaly_value: 99,
}

describe('a drill', () => {
  it('answers with the detection and the open event, waiting for no `for`', async () => {
    const answer = await temporary.client.simulate({ body: drill })
    expect(answer).toMatchObject({
      simulation: { normal_points: 50, baseline_mean: 40, baseline_std: 2, anomaly_value: 99 },
      detection: { method: 'ZSCORE', is_anomaly: true, history_count: 50 },
      events_created: 1,
      events: [{ drill: true, status: 'OPEN', severity: 'CRITICAL', title: 'Drill: CPU on web-1 is above normal' }],
      explanation: null,
    })
    expect(await temporary.client.listEvents()).toEqual(answer.events)
  })

  it('is stored and counted, tagged, and in the list of no real series', async () => {
    await temporary.client.simulate({ body: drill })
    const samples = await temporary.client.getMetrics({ params: { source: 'web-1' } })
    expect(samples).toHaveLength(51)
    expect(samples.every(({ tags }) => tags?.sim === true)).toBe(true)
    expect(await temporary.client.getMetrics({ params: { source: 'web-1' }, query: { drill: false } })).toEqual([])
    expect(await temporary.client.getSummary()).toMatchObject({ metric_snapshots: 51 })
    expect(await temporary.client.listSeries()).toEqual([])
  })

  it('touches no real baseline, nor that of the next drill', async () => {
    const post = (values: number[]) =>
      temporary.client.postMetricsBatch({
        body: values.map((value) => ({ source: 'web-1', metric_type: 'CPU', value })),
      })
    await post(Array.from({ length: 50 }, (_, i) => 5 + (i % 2)))
    const query = { source: 'web-1', metric_type: 'CPU', current_value: 40 }
    const before = await temporary.client.detect({ query })
    for (const repeat of [1, 2, 3])
      expect(await temporary.client.simulate({ body: drill }), `drill ${repeat}`).toMatchObject({ events_created: 1 })
    expect(await temporary.client.detect({ query })).toEqual(before)
  })

  it('is an event of its own, also while the last one is open', async () => {
    for (const repeat of [1, 2]) {
      const { events } = await temporary.client.simulate({ body: drill })
      expect(events, `drill ${repeat}`).toMatchObject([{ status: 'OPEN', occurrences: 1 }])
    }
    expect(await temporary.client.listEvents()).toMatchObject([{ occurrences: 1 }, { occurrences: 1 }])
  })

  it('resolves automatically after ten minutes, not before', async () => {
    const { events } = await temporary.client.simulate({ body: drill })
    const sweep = async (milliseconds: number) => {
      temporary.clock.advance(milliseconds)
      await vi.advanceTimersByTimeAsync(10_000)
      return temporary.client.getEvent({ params: { event_id: events[0]!.id } })
    }
    expect(await sweep(599_000)).toMatchObject({ status: 'OPEN' })
    await sweep(2000)
    await expect.poll(() => sweep(0)).toMatchObject({ status: 'RESOLVED', resolved_by: 'tocsin' })
  })

  it('explains in words what it measured if requested, and states that no model wrote it', async () => {
    const { explanation } = await temporary.client.simulate({ body: { ...drill, include_llm: true } })
    expect(explanation).toMatchObject({
      kind: 'statistical',
      text: expect.stringContaining('without a language model'),
    })
    expect(explanation?.text).toContain('z fired (CRITICAL)')
  })

  it('of a value that nothing flags raises nothing', async () => {
    expect(await temporary.client.simulate({ body: { ...drill, anomaly_value: 40 } })).toMatchObject({
      detection: { is_anomaly: false },
      events_created: 0,
      events: [],
    })
  })

  it('runs with no body fields at all and refuses too many points', async () => {
    expect(await temporary.client.simulate({ body: {} })).toMatchObject({ simulation: { normal_points: 60 } })
    await expect(temporary.client.simulate({ body: { normal_count: 10_001 } })).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path: 'normal_count' }] },
    })
    const { events_created } = await temporary.client.simulate({ body: { ...drill, normal_count: 10_000 } })
    expect(events_created).toBe(1)
  })
})
