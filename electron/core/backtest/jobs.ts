// Backtests that somebody asked for: started, looked at, cancelled, and kept for some minutes.
import { MINUTE, toIso } from '../../../shared/domain/time.ts'
import { MAX_FIRINGS, type Backtest, type BacktestResult } from '../../../shared/schemas/backtest.ts'
import { AppError, required } from '../platform/errors.ts'
import type { Log } from '../platform/ports.ts'
import type { BacktestRequest, RunBacktest } from './backtests.ts'
import type { EvaluationResult } from './evaluate.ts'
import type { BacktestFiring } from './backtest-firing.ts'
import type { Plan, Scope } from './run.ts'

export interface BacktestJobs {
  /** @returns its id; throws AppError OVERLOADED if two are running */
  start(request: Omit<BacktestRequest, 'maxFirings'>, scope: Scope): number
  /** Throws AppError NOT_FOUND if there is none. */
  get(id: number): Backtest
  /** Throws AppError NOT_FOUND if there is none; one that is over stays as it is. */
  cancel(id: number): void
  /** Cancels all. */
  end(): void
}

/** There is one thread for live work, and one for each of these. */
const MAX_RUNNING = 2
const RETRY_AFTER = 5
/** Those that are over are kept for so long, and so many of them. */
const KEEP_MS = 10 * MINUTE
const MAX_KEPT = 20

interface Job {
  backtest: Backtest
  stopping: AbortController
}

export function createBacktestJobs(runBacktest: RunBacktest, log: Log): BacktestJobs {
  const jobs = new Map<number, Job>()
  let newest = 0

  const existing = (id: number): Job => required(jobs.get(id), 'backtest', id)
  const running = () => [...jobs.values()].filter(({ backtest }) => backtest.status === 'running')

  async function evaluate({ backtest, stopping }: Job, request: Omit<BacktestRequest, 'maxFirings'>, scope: Scope) {
    const { signal } = stopping
    const progress = (progress: Backtest['progress']) => void (backtest.progress = progress)
    try {
      const found = await runBacktest({ ...request, maxFirings: MAX_FIRINGS }, scope, { signal, progress })
      Object.assign(backtest, { status: 'done', result: resultOf(request, found) })
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'A backtest failed')
      const message = error instanceof Error ? error.message : String(error)
      Object.assign(backtest, signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: message })
    }
    setTimeout(() => jobs.delete(backtest.id), KEEP_MS).unref()
    const over = [...jobs.values()].filter((job) => job.backtest.status !== 'running')
    for (const job of over.slice(0, -MAX_KEPT)) jobs.delete(job.backtest.id)
  }

  return {
    start(request, scope) {
      if (running().length >= MAX_RUNNING)
        throw new AppError('OVERLOADED', `${MAX_RUNNING} backtests are already running.`, { retryAfter: RETRY_AFTER })
      const id = ++newest
      const progress = { series_done: 0, series: 0, samples_done: 0, samples: 0 }
      const job: Job = {
        backtest: { id, status: 'running', progress, error: null, result: null },
        stopping: new AbortController(),
      }
      jobs.set(id, job)
      void evaluate(job, request, scope)
      return id
    },
    get: (id) => existing(id).backtest,
    cancel: (id) => existing(id).stopping.abort(),
    end: () => running().forEach(({ stopping }) => stopping.abort()),
  }
}

function resultOf(
  { from, to, rules }: Omit<BacktestRequest, 'maxFirings'>,
  found: EvaluationResult & { plan: Plan },
): BacktestResult {
  const isCompared = rules.length > 1
  const given = found.firings.at(-1)!
  const gone = isCompared ? found.firings[0]!.filter(({ change }) => change === 'gone') : []
  return {
    from: toIso(from),
    to: toIso(to),
    series: found.plan.series.length,
    samples: found.samples,
    rule: found.tallies.at(-1)!,
    current: isCompared ? found.tallies[0]! : null,
    comparison: found.comparisons[0] ?? null,
    firings: newestFirst([...given, ...gone]).slice(0, MAX_FIRINGS),
  }
}

/** As strings, instants are in their order. */
export const newestFirst = (firings: readonly BacktestFiring[]) =>
  firings.toSorted((one, other) => (one.detected_at < other.detected_at ? 1 : -1))
