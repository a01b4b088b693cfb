// Runs over the history: what is asked for becomes a job, is evaluated in a thread, and can be cancelled.
import type { Rule } from '../../../shared/schemas/rule.ts'
import { machineZone } from '../platform/zoned-time.ts'
import type { Log } from '../platform/ports.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import type { BacktestJob, EvaluationResult, EvaluatedRule } from './evaluate.ts'
import { planRun, run, type Plan, type Progress, type Scope } from './run.ts'
import { evaluateInSlices, startThread } from './thread.ts'

export interface BacktestRequest {
  /** Each of those after the first is compared with the first. */
  rules: readonly EvaluatedRule[]
  ruleId: Rule['id'] | null
  /** Milliseconds since 1970. */
  from: number
  to: number
  /** IANA zone of the nights; left out: that of this machine. */
  timeZone?: string | undefined
  maxFirings: number
  /** Short enough for the main thread, between two turns. */
  isShort?: boolean
}

interface RunOptions {
  signal?: AbortSignal
  progress?(progress: Progress): void
}

export type RunBacktest = (
  request: BacktestRequest,
  scope: Scope,
  runOptions?: RunOptions,
) => Promise<EvaluationResult & { plan: Plan }>

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'silences' | 'windows'>
  settings: Pick<SettingsService, 'current'>
  log: Log
  /** The built worker file; undefined if there is none. */
  workerFile: string | undefined
}

const NEVER = new AbortController().signal

/** Returns what evaluates history: it rejects if it is cancelled, or if the thread has failed. */
export function createBacktestRunner({ store, settings, log, workerFile }: Deps): RunBacktest {
  return async ({ isShort = false, timeZone = machineZone(), ...request }, scope, runOptions = {}) => {
    const { signal = NEVER, progress = () => {} } = runOptions
    const { notify, quiet_hours } = settings.current()
    const job: BacktestJob = {
      ...request,
      timeZone,
      silences: store.silences.endingAfter(request.from),
      windows: store.windows.all(),
      settings: { notify, quiet_hours },
    }
    const plan = await planRun(store, job, scope, signal)
    const thread = isShort ? evaluateInSlices(job) : startThread(job, workerFile, log)
    const stop = () => thread.end()
    signal.addEventListener('abort', stop)
    try {
      return { plan, ...(await run(store, job, plan, thread, signal, progress)) }
    } catch (error) {
      // A thread that is stopped fails in its own words.
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      thread.end()
    }
  }
}
