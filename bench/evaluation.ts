// The cost of evaluation: `npm run bench:evaluation -- [--seconds N] [--small] [--check]`. Each detector alone, all that a
// sample goes through with three rules, and one sample with little and with much history.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { detectors, prepareDetector, type DetectorSettings } from '../electron/core/detectors/registry.ts'
import { normalValues } from '../electron/core/detection/drills/drill-samples.ts'
import { Watch } from '../electron/core/detection/watch.ts'
import { grouped, median, table } from './figures.ts'
import { memoryInUse, newSample, startStages } from './stages.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const milliseconds = values.small ? 20 : Number(values.seconds) * 1000

const SERIES = values.small ? 20 : 1000
const BATCH = 1000
/** Samples that fill every window; some detectors remember more, but not sample by sample. */
const MAX_WINDOW = 2000
const RECOVERY = { resolve_seconds: 300, recovery_score: 0.4, params: {} }
const RULES = [{ method: 'ZSCORE' }, { method: 'IQR' }, { method: 'THRESHOLD', threshold: 90 }] as const
const HISTORIES = values.small ? ([1000, 10_000] as const) : ([1000, 1_000_000] as const)
/** Cost with a thousand times the history, relative to that without: noise, and no growth. */
const MAX_RATIO = 1.5

const noise = normalValues(values.small ? 2000 : 100_000, 50, 5, Math.random)
const KINDS = { noise, 'few values': noise.map((value) => Math.round(value / 5)), constant: noise.map(() => 50) }

measureDetectors()
await measureEngine()
const perSample = [await measureHistory(HISTORIES[0]), await measureHistory(HISTORIES[1])] as const
reportHistories()

function measureDetectors(): void {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[]
  const rows = detectors.map(({ method }) => {
    const costs = kinds.map((kind) => nanosecondsOf(method, KINDS[kind]))
    return [method, ...costs.map(grouped), ...sizesOf(method).map(grouped)]
  })
  console.log(`Each detector, ${grouped(SERIES)} series in turn with full windows: ns per sample, and bytes of a state`)
  console.log(table([['detector', ...kinds, 'in memory', 'as JSON'], ...rows]))
}

function nanosecondsOf(method: string, series: readonly number[]): number {
  const watches = fullWatches(method, series)
  const rounds: number[] = []
  const end = performance.now() + milliseconds
  let id = (MAX_WINDOW + 1) * SERIES
  while (performance.now() < end) {
    const begun = performance.now()
    for (const value of series) watches[id % SERIES]!.evaluate(sampleOf(id++, value))
    rounds.push(((performance.now() - begun) / series.length) * 1e6)
  }
  return median(rounds)
}

/** Bytes of one state with a full window of noise. */
function sizesOf(method: string): [memory: number, json: number] {
  const before = memoryInUse()
  const watches = fullWatches(method, noise)
  const memory = (memoryInUse() - before) / watches.length
  return [memory, JSON.stringify(watches[0]!.snapshot()).length]
}

function fullWatches(method: string, series: readonly number[]): Watch[] {
  const prepared = prepareDetector(settingsOf(method))
  return Array.from({ length: SERIES }, () => {
    const watch = new Watch(prepared, RECOVERY)
    const samples = Math.min(prepared.memory, MAX_WINDOW)
    for (let turn = 1; turn <= samples; turn++) watch.evaluate(sampleOf(turn * SERIES, series[turn % series.length]!))
    return watch
  })
}

/** A thousand series in turn, each every five seconds. */
function sampleOf(id: number, value: number) {
  return { id, time: id * 5, value }
}

function settingsOf(method: string): DetectorSettings {
  const usual = {
    z_threshold: 3,
    iqr_factor: 1.5,
    threshold: 90,
    operator: 'above',
    min_samples: 10,
    params: {},
  } as const
  return { ...usual, method }
}

/** From the queue to the mark, with whatever the noise makes of events. */
async function measureEngine(): Promise<void> {
  const stages = startStages(RULES)
  const rounds: number[] = []
  let time = Date.now() - 86_400_000
  for (let batch = 0; batch < (values.small ? 100 : 2000); batch++) {
    const samples = Array.from({ length: BATCH }, (_, index) =>
      newSample(`host-${index % SERIES}`, ++time, noise[(batch * 7919 + index) % noise.length]!),
    )
    rounds.push(((await stages.evaluate(samples)) / BATCH) * 1000)
    await nextTurn()
  }
  const events = stages.store.events.list({ since: 0, limit: 100_000, offset: 0 }).length
  await stages.stop()
  const cost = median(rounds.slice(rounds.length / 2)).toFixed(2)
  console.log(`\nThree rules on each of ${grouped(SERIES)} series, queue, ${events} live events and mark included`)
  console.log(`  ${cost} µs per sample`)
}

/** Microseconds for one sample of a series with so much history, and for the first one after a restart. */
async function measureHistory(stored: number): Promise<{ next: number; first: number }> {
  const stages = startStages(RULES)
  let time = Date.now() - 86_400_000
  const one = () => newSample('host', ++time, noise[time % noise.length]!)
  for (let left = stored; left > 0; left -= BATCH) {
    await stages.evaluate(Array.from({ length: BATCH }, one))
    while (stages.store.samples.compact(stages.store.states.evaluatedUpTo()));
  }
  const next: number[] = []
  for (let i = 0; i < 300; i++) next.push((await stages.evaluate([one()])) * 1000)
  const first: number[] = []
  for (let i = 0; i < 10; i++) {
    await stages.restart()
    first.push((await stages.evaluate([one()])) * 1000)
  }
  await stages.stop()
  return { next: median(next), first: median(first) }
}

function reportHistories(): void {
  const rows = HISTORIES.map((stored, index) => [
    grouped(stored),
    perSample[index]!.next.toFixed(0),
    perSample[index]!.first.toFixed(0),
  ])
  console.log('\nOne sample alone, its transaction included, by the samples stored of its series: µs')
  console.log(table([['stored', 'evaluated', 'first after a restart'], ...rows]))
  const times = perSample[1].next / perSample[0].next
  console.log(`  ${times.toFixed(2)} times as much`)
  if (values.check && times > MAX_RATIO) process.exitCode = 1
}
