// Whatever method raised an event, its explanation makes sense.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { detectors } from '../../../electron/core/detectors/registry.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  temporary = await temporaryApp()
})
afterEach(async () => {
  await temporary.remove()
  vi.useRealTimers()
})

/** A level that a person would see at once, for hours by the minute, and then another one for a while. */
const VALUES = [
  ...Array.from({ length: 400 }, (_, i) => 40 + (i % 5)),
  ...Array.from({ length: 90 }, (_, i) => 95 + (i % 3)),
]

/** Those of the clock evaluate no sample. */
const METHODS = detectors.filter(({ isTimerDriven }) => isTimerDriven !== true).map(({ method }) => method)

test.each(METHODS)('%s', async (method) => {
  await temporary.client.createRule({ body: { name: 'rule', method, threshold: 90, min_samples: 30 } })
  for (let from = 0; from < VALUES.length; from += 100)
    await temporary.client.postMetricsBatch({
      body: VALUES.slice(from, from + 100).map((value, index) => ({
        source: 'web-1',
        metric_type: 'CPU',
        value,
        unit: '%',
        recorded_at: new Date(START - (VALUES.length - from - index) * 60_000).toISOString(),
      })),
    })
  const event = await eventually(async () => {
    const events = await temporary.client.listEvents()
    expect(events).not.toEqual([])
    return events.at(-1)!
  })
  const { headline, text, facts } = await temporary.client.explainEvent({ params: { event_id: event.id } })
  expect(headline).toMatch(/^CPU on web-1(:| was 9\d %)/)
  // The detector's own words, with its figure, are part of it.
  expect(text.includes(event.description)).toBe(method !== 'THRESHOLD')
  expect(text).toMatch(/It began at 2026-01-05 \d\d:\d\d:00 UTC/)
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|insufficient/)
  expect(facts.baseline.samples === null).toBe(method === 'THRESHOLD')
  expect(facts.hour_before).toBeGreaterThanOrEqual(40)
})

test('NO_DATA', async () => {
  await temporary.client.createRule({ body: { name: 'silent', method: 'NO_DATA' } })
  await temporary.client.postMetricsBatch({
    body: Array.from({ length: 60 }, (_, index) => ({
      source: 'web-1',
      metric_type: 'CPU',
      value: 40,
      unit: '%',
      recorded_at: new Date(START - (59 - index) * 10_000).toISOString(),
    })),
  })
  const event = await eventually(async () => {
    temporary.clock.advance(5000)
    await vi.advanceTimersByTimeAsync(5000)
    const [event] = await temporary.client.listEvents()
    expect(event).toBeDefined()
    return event!
  })
  const { headline, text } = await temporary.client.explainEvent({ params: { event_id: event.id } })
  expect(headline).toMatch(/^CPU on web-1: No data for 1\smin.*; a sample normally comes within 10\ss\.$/)
  expect(text).toContain(
    'The normal range was learned from 59 samples. The median of the hour before was 40 %. It began at 2026-01-05 12:00:00 UTC and has lasted 1 min',
  )
})
