// Backtests, wired: running one, the jobs that were asked for, and the changes that false alarms suggest.
import type { Clock, Log } from '../platform/ports.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import { createBacktestRunner } from './backtests.ts'
import { createBacktestJobs } from './jobs.ts'
import { createProposals } from './proposals.ts'

interface Deps {
  store: Store
  settings: SettingsService
  clock: Clock
  log: Log
  /** The built thread; undefined has the main thread do its work. */
  workerFile: string | undefined
}

export type Backtest = ReturnType<typeof createBacktest>

export function createBacktest(deps: Deps) {
  const { store, clock, log } = deps
  const run = createBacktestRunner(deps)
  return { run, jobs: createBacktestJobs(run, log), proposals: createProposals({ store, runBacktest: run, clock }) }
}
