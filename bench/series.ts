// What a watched series costs in memory, with a full window: `npm run bench:series -- [--series N] [--check] [--small]`.
import { parseArgs } from 'node:util'
import { createActiveRules } from '../electron/core/detection/active-rules.ts'
import { createWatchCache } from '../electron/core/detection/watch-cache.ts'
import type { StoredRule } from '../electron/core/store/types/rules.ts'
import type { StoredSample } from '../electron/core/store/types/samples.ts'
import { ruleIn } from '../shared/schemas/rule.ts'
import { normalValues } from '../electron/core/detection/drills/drill-samples.ts'
import { grouped, table } from './figures.ts'
import { memoryInUse, newSample } from './stages.ts'

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '100000' },
    check: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
  },
})
const count = values.small ? 2000 : Number(values.series)

/** Bytes for a series with one rule. */
const MAX_BYTES: Record<string, number> = { ZSCORE: 4096, IQR: 4096, ADAPTIVE: 32 * 1024 }
const WINDOW = 300

const figures = Object.keys(MAX_BYTES).map((method) => ({ method, bytes: bytesPerSeries(method) }))
console.log(`Memory of ${grouped(count)} series with one rule and ${WINDOW} samples in the window, in bytes each`)
console.log(table([['rule', 'bytes'], ...figures.map(({ method, bytes }) => [method, grouped(bytes)])]))
if (values.check && figures.some(({ method, bytes }) => bytes > MAX_BYTES[method]!)) process.exitCode = 1

/** All that is kept of a series between two samples but its place in the catalog. */
function bytesPerSeries(method: string): number {
  const rule = { ...ruleIn.parse({ name: method, method }), id: 1, revision: 1 } as StoredRule
  const activeRules = createActiveRules({ all: () => [rule] })
  const history = normalValues(WINDOW, 50, 5, Math.random).map((value, index) => sampleOf(0, index + 1, value))
  // One sample for each series, with the series' own number.
  const samples = {
    recent: () => history,
    get: (id: number) => sampleOf(id, WINDOW + id, 50),
  }
  const watchCache = createWatchCache({ activeRules, samples, states: { load: () => undefined }, maxSeries: count })
  const before = memoryInUse()
  for (let seriesId = 1; seriesId <= count; seriesId++) {
    const column = Float64Array.of(seriesId)
    const samplesOfSeries = { ids: column, times: column, values: column, runs: [] }
    watchCache.evaluate(samplesOfSeries, { seriesId, start: 0, end: 1 }, seriesId, () => {})
    watchCache.takeOpened()
  }
  const bytes = (memoryInUse() - before) / watchCache.size()
  watchCache.reset()
  return bytes
}

function sampleOf(seriesId: number, id: number, value: number): StoredSample {
  return { ...newSample('host', id, value), id, seriesId, late: false }
}
