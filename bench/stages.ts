// The stages from the store to the events, put together as the composition root does, for measuring one of them alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createChangeFeed } from '../electron/core/platform/change-feed.ts'
import { createEngine } from '../electron/core/detection/engine.ts'
import { createActiveRules } from '../electron/core/detection/active-rules.ts'
import { createWatchCache } from '../electron/core/detection/watch-cache.ts'
import { createRecorder } from '../electron/core/events/recorder.ts'
import { noMeters, type Meters } from '../electron/core/platform/meters.ts'
import { silentLog } from '../electron/core/platform/ports.ts'
import { openStore } from '../electron/core/store/open.ts'
import type { NewSample } from '../electron/core/store/types/samples.ts'
import { ruleIn, type RuleIn } from '../shared/schemas/rule.ts'

/** A store in a folder of its own and an engine on it, which reports how long evaluation took. */
export function startStages(rules: readonly Partial<RuleIn>[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  const migrationsDir = join(import.meta.dirname, '../resources/migrations')
  const store = openStore({ file: join(folder, 'tocsin.db'), migrationsDir, log: silentLog })
  for (const rule of rules) store.rules.insert(ruleIn.parse({ name: rule.method, ...rule }), Date.now())
  const evaluation = { milliseconds: 0 }
  const meters: Meters = { ...noMeters, evaluated: (took: number) => void (evaluation.milliseconds += took) }
  const start = () => {
    const feed = createChangeFeed()
    const recorder = createRecorder({ ...store, now: () => new Date().toISOString(), activeSilence: () => null })
    const watchCache = createWatchCache({ ...store, activeRules: createActiveRules(store.rules), maxSeries: 100_000 })
    return createEngine({ store, watchCache, recorder, feed, log: silentLog, meters })
  }
  let engine = start()
  return {
    store,
    /** Stores the samples and resolves when they are evaluated, with the milliseconds that this took. */
    async evaluate(samples: readonly NewSample[]): Promise<number> {
      const before = evaluation.milliseconds
      await store.commit(() => store.samples.append(samples))
      await engine.idle()
      return evaluation.milliseconds - before
    },
    /** What is learned leaves memory, as at the end of the program. */
    async restart(): Promise<void> {
      await engine.close()
      engine = start()
      await engine.idle()
    },
    async stop(): Promise<void> {
      await engine.close()
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export const newSample = (source: string, time: number, value: number): NewSample => ({
  source,
  metricType: 'CPU',
  value,
  unit: null,
  tags: null,
  serverId: null,
  time,
  drill: false,
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes of the JavaScript heap and of array buffers, after a collection. */
export function memoryInUse(): number {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
