// A backtest finds the events that were raised live from the same samples, in a thread and without one, whatever of the
// history is compacted.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBacktestRunner } from '../../../electron/core/backtest/backtests.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import { createSilencer } from '../../../electron/core/events/silencing/active-silence.ts'
import { createSettingsService } from '../../../electron/core/settings/service.ts'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'
import type { StoredEvent } from '../../../electron/core/store/types/events.ts'
import type { StoredRule } from '../../../electron/core/store/types/rules.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../shared/schemas/maintenance-windows.ts'
import { randomFrom } from '../../support/random.ts'
import { eventsOf, makeRule, NOON, sample, startPipeline } from '../detection/test-pipeline.ts'
import { temporaryStore } from '../store/temporary-store.ts'

const LENGTH = 2400
const STEP = 1000
const END = NOON + LENGTH * STEP

const iso = (time: number) => new Date(time).toISOString()
const made = { created_by: 'ann', created_at: iso(NOON) }

const rules = fc.record({
  which: fc.constantFrom(
    { method: 'THRESHOLD', threshold: 60, params: { recovery: 50 } },
    { method: 'ZSCORE', min_samples: 20, params: { window: 60 } },
    { method: 'IQR', iqr_factor: 2, params: { window: 40 } },
    { method: 'MAD', params: { window: 50 } },
    { method: 'RATE', params: { window: 50 } },
    { method: 'DRIFT', params: { window: 60, lasting: 5 } },
  ),
  for_seconds: fc.constantFrom(0, 0, 2, 5),
  cooldown_seconds: fc.constantFrom(0, 0, 30, 300),
  resolve_seconds: fc.constantFrom(0, 3, 20),
  recovery_score: fc.constantFrom(0.2, 0.4, 0.5),
})

/** Two gauges and a counter with noise, spikes, bursts, a step, late samples and some that share a time. */
function history(seed: number): NewSample[] {
  const random = randomFrom(seed)
  let counted = 0
  const valueAt = (index: number) => {
    const level = index > LENGTH * 0.7 ? 48 : 40
    const burst = index % 500 < 60 && random() < 0.5 ? 30 * random() : 0
    return level + random() * 6 + burst + (random() < 0.02 ? 50 * random() : 0)
  }
  return Array.from({ length: LENGTH }, (_, index) => {
    const value = valueAt(index)
    const isCounter = index % 3 === 2
    counted += value
    return sample({
      source: `web-${index % 3}`,
      metricType: isCounter ? 'requests_total' : 'LOAD',
      value: isCounter ? counted : value,
      time: NOON + index * STEP + (random() < 0.03 ? -20_000 : random() < 0.1 ? -1000 : 0),
    })
  })
}

/** A silence of one series, and a window for what is a warning. */
function hush(store: Store) {
  const silenced: Silence = {
    id: 1,
    ...made,
    source: 'web-0',
    metric_type: '*',
    rule_id: null,
    severity: null,
    comment: 'deploy',
    from: iso(NOON + 300_000),
    to: iso(NOON + 900_000),
  }
  const window: MaintenanceWindow = {
    id: 1,
    ...made,
    source: '*',
    metric_type: '*',
    rule_id: null,
    severity: 'WARNING',
    name: 'backup',
    is_active: true,
    days: [1, 2, 3, 4, 5, 6, 7],
    start: '12:20',
    minutes: 10,
    time_zone: 'UTC',
  }
  store.silences.insert(silenced)
  store.windows.insert(window)
  return createSilencer([silenced], [window])
}

interface Run {
  store: Store
  events: (StoredEvent & { hushed: boolean })[]
  rule: StoredRule
  remove(): void
}

async function live(seed: number, { which, ...timing }: typeof rules extends fc.Arbitrary<infer R> ? R : never) {
  const temporary = temporaryStore()
  const { store } = temporary
  const rule = makeRule(store, { ...which, ...timing })
  const quiet = hush(store)
  const { engine, failures } = startPipeline(store, 1000, (event) => quiet.match(event, Date.parse(event.last_seen_at)))
  const samples = history(seed)
  for (let from = 0; from < samples.length; from += 400) {
    await store.commit(() => store.samples.append(samples.slice(from, from + 400)))
    await engine.idle()
  }
  while (store.samples.compact(LENGTH / 2));
  expect(failures).toEqual([])
  const isHushed = ({ id }: StoredEvent) => store.events.timeline(id)[1]?.kind === 'silenced'
  const events = eventsOf(store).map((event) => ({ ...event, hushed: isHushed(event) }))
  return { store, events, rule, remove: temporary.remove } satisfies Run
}

const FIELDS = [
  'source',
  'metric_type',
  'severity',
  'value',
  'began_at',
  'detected_at',
  'last_seen_at',
  'resolved_at',
  'occurrences',
  'flapping',
] as const

/** Sorted, since a backtest goes series by series. */
const essence = (events: readonly (Record<(typeof FIELDS)[number], unknown> & { hushed: boolean })[]) =>
  events.map((event) => JSON.stringify([event.hushed, ...FIELDS.map((field) => event[field])])).toSorted()

describe('a backtest', () => {
  it.each([
    ['in a thread', join(import.meta.dirname, '../../../out/workers/backtest.js')],
    ['in slices of the main thread', undefined],
  ])('%s finds what was raised live', async (_, workerFile) => {
    let raised = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), rules, async (seed, settings) => {
        const run = await live(seed, settings)
        const runBacktest = createBacktestRunner({
          store: run.store,
          settings: createSettingsService(run.store),
          log: silentLog,
          workerFile,
        })
        const request = { rules: [run.rule], ruleId: run.rule.id, from: NOON - 60_000, to: END, maxFirings: 1000 }
        const { firings, samples, plan } = await runBacktest(request, {})
        const found = firings[0]!.map((firing) => ({ ...firing, hushed: firing.silenced_by !== null }))
        expect(essence(found)).toEqual(essence(run.events))
        expect(plan.series).toHaveLength(3)
        expect(samples).toBeGreaterThan(LENGTH / 2)
        raised += run.events.length
        run.remove()
      }),
      { numRuns: 15, endOnFailure: true },
    )
    expect(raised).toBeGreaterThan(20)
  })
})
