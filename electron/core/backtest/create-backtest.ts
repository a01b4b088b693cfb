// Backtests, wired: the service that starts and previews them, and the changes that false alarms suggest.
import type { Clock, Log } from '../platform/ports.ts'
import type { RuleService } from '../rules/service.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import { createBacktestRunner } from './backtests.ts'
import { createBacktestJobs } from './jobs.ts'
import { createProposals } from './proposals.ts'
import { createBacktestService } from './service.ts'

interface Deps {
  store: Store
  settings: SettingsService
  rules: RuleService
  clock: Clock
  log: Log
  /** The built thread; undefined has the main thread do its work. */
  workerFile: string | undefined
}

export type Backtest = ReturnType<typeof createBacktest>

export function createBacktest(deps: Deps) {
  const runBacktest = createBacktestRunner(deps)
  const jobs = createBacktestJobs(runBacktest, deps.log)
  return {
    backtests: createBacktestService({ ...deps, jobs, runBacktest }),
    proposals: createProposals({ ...deps, runBacktest }),
    /** Cancels all that run. */
    end: jobs.end,
  }
}
