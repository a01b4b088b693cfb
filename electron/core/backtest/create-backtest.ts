// Wires the room: the runner of backtests, the service for them and the proposals.
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
  settings: Pick<SettingsService, 'current'>
  rules: Pick<RuleService, 'get' | 'change'>
  clock: Clock
  log: Log
  /** The built worker thread; undefined if there is none. */
  workerFile: string | undefined
}

export type BacktestRoom = ReturnType<typeof createBacktest>

export function createBacktest({ store, settings, rules, clock, log, workerFile }: Deps) {
  const runBacktest = createBacktestRunner({ store, settings, log, workerFile })
  const jobs = createBacktestJobs(runBacktest, log)
  return {
    backtests: createBacktestService({ store, jobs, runBacktest, rules, clock }),
    proposals: createProposals({ store, runBacktest, rules, clock }),
    /** Cancels what is running. */
    end: jobs.end,
  }
}
