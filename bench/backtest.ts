// How fast stored history is evaluated: `npm run bench:backtest -- [--samples N] [--small] [--check]`. From the blocks on disk
// to the firings, for each detector, and the longest turn of the main thread meanwhile. The thread is the built one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBacktestRunner } from '../electron/core/backtest/backtests.ts'
import { normalValues } from '../electron/core/detection/drills/drill-samples.ts'
import { watchLoopDelay } from '../electron/core/telemetry/loop-delay.ts'
import { silentLog } from '../electron/core/platform/ports.ts'
import { createSettingsService } from '../electron/core/settings/service.ts'
import { openStore } from '../electron/core/store/open.ts'
import { ruleIn } from '../shared/schemas/rule.ts'
import { grouped, table } from './figures.ts'
import { newSample } from './stages.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000000' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const count = values.small ? 20_000 : Number(values.samples)

const SERIES = 10
const STEP = 5000
/** Rows per second, for the classic methods; the cost of the others is printed beside them. */
const TARGET = 300_000
const CLASSIC = ['THRESHOLD', 'ZSCORE', 'IQR', 'MAD', 'RATE', 'DRIFT']
const METHODS = [...CLASSIC, 'SEASONAL', 'ADAPTIVE']

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
const migrationsDir = join(import.meta.dirname, '../resources/migrations')
const store = openStore({ file: join(folder, 'tocsin.db'), migrationsDir, log: silentLog })
const to = Date.now()
const from = to - (count / SERIES) * STEP
fill()

const settings = createSettingsService(store)
const workerFile = join(import.meta.dirname, '../out/workers/backtest.js')
const runBacktest = createBacktestRunner({ store, settings, log: silentLog, workerFile })
const delay = watchLoopDelay()
const rows: string[][] = []
let isFast = true
for (const method of METHODS) rows.push(await measure(method))

console.log(
  `${grouped(count)} samples of ${SERIES} series, compacted: from the database to the firings, in a worker thread`,
)
console.log(table([['detector', 'samples/s', 'firings', 'longest turn of the main thread, ms'], ...rows]))
delay.end()
store.close()
rmSync(folder, { recursive: true })
if (values.check && !isFast) process.exitCode = 1

function fill(): void {
  const noise = normalValues(100_000, 50, 5, Math.random)
  for (let index = 0; index < count / SERIES; index += 100) {
    store.transaction(() => {
      for (let i = index; i < index + 100; i++)
        store.samples.append(
          Array.from({ length: SERIES }, (_, series) =>
            newSample(`host-${series}`, from + i * STEP, Number(noise[(i * 7919 + series) % noise.length]!.toFixed(2))),
          ),
        )
    })
    if (store.samples.headSize() > 200_000) while (store.samples.compact(store.samples.newestId()));
  }
  while (store.samples.compact(store.samples.newestId()));
}

async function measure(method: string): Promise<string[]> {
  const rule = { ...ruleIn.parse({ name: method, method, threshold: 70 }), threshold: 70 }
  delay.read()
  const begun = performance.now()
  const found = await runBacktest({ rules: [rule], ruleId: null, from, to, maxFirings: 200 }, {})
  const perSecond = (found.samples / (performance.now() - begun)) * 1000
  if (CLASSIC.includes(method) && perSecond < TARGET) isFast = false
  return [method, grouped(perSecond), grouped(found.tallies[0]!.firings), (delay.read().max * 1000).toFixed(1)]
}
