// One run over the stored history: reads the series one after the other and has them evaluated elsewhere.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Comparison, Tally } from '../../../shared/schemas/backtest.ts'
import { prepareDetector } from '../detectors/registry.ts'
import type { Store } from '../store/types/store.ts'
import type { FeedbackEvent } from './compare.ts'
import { watchesOf, type Answer, type BacktestJob, type EvaluationResult } from './evaluate.ts'
import type { EvaluatedSeries } from './backtest-firing.ts'
import type { EvaluationThread } from './thread.ts'

/** The part of the history that is evaluated. */
export interface Scope {
  /** Only these series, in place of all that a rule watches. */
  seriesIds?: readonly number[]
  /** Of all, the first so many. */
  maxSeries?: number
  /** Of each series, the newest so many samples, by the block. */
  maxSamples?: number
  /** Feedback on events, by series. */
  feedback?: ReadonlyMap<number, FeedbackEvent[]>
}

interface PlannedSeries extends EvaluatedSeries {
  id: number
  readFrom: number
  /** About how many. */
  samples: number
}

export interface Plan {
  series: PlannedSeries[]
  /** How many series match, those left out among them. */
  matching: number
  /** Series of which the oldest samples are left out. */
  cut: number
}

export interface Progress {
  series_done: number
  series: number
  samples_done: number
  samples: number
}

type History = Pick<Store, 'samples' | 'series'>

const SERIES_PER_TURN = 64
/** Read in one turn: some milliseconds. */
const PART = 8192

/** Looks at the heads of blocks only. Rejects with the signal's reason when it is aborted. */
export async function planRun(
  { samples, series }: History,
  job: BacktestJob,
  scope: Scope,
  signal: AbortSignal,
): Promise<Plan> {
  const watches = job.rules.map(watchesOf)
  const lead = Math.max(...job.rules.map((rule) => prepareDetector(rule).memory))
  const { from, to } = job
  const seriesIds = scope.seriesIds && new Set(scope.seriesIds)
  const matching = series
    .all()
    .filter(({ id, source, metricType }) =>
      seriesIds ? seriesIds.has(id) : watches.some((each) => each(source, metricType)),
    )
  const plan: Plan = { series: [], matching: matching.length, cut: 0 }
  for (const [index, { id, source, metricType }] of matching.slice(0, scope.maxSeries).entries()) {
    if (index % SERIES_PER_TURN === SERIES_PER_TURN - 1) await nextTurn()
    signal.throwIfAborted()
    const span = samples.locate(id, { from, to }, lead)
    if (span.samples === 0) continue
    const most = Math.min(span.samples, scope.maxSamples ?? Infinity)
    const bound = most < span.samples ? samples.locate(id, { from: to + 1, to }, most).from : -Infinity
    if (bound > from) plan.cut++
    const unit = series.find(source, metricType)?.unit ?? null
    const feedback = scope.feedback?.get(id) ?? []
    const readFrom = Math.max(bound, span.from)
    plan.series.push({ id, source, metricType, unit, feedback, readFrom, samples: most })
  }
  return plan
}

/**
 * Evaluates what is planned; the next part is read while one is evaluated. Rejects with the signal's reason when it is aborted.
 *
 * @param onProgress called after every part
 */
export async function run(
  { samples }: History,
  { to, rules }: BacktestJob,
  plan: Plan,
  thread: EvaluationThread,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<EvaluationResult> {
  const total: EvaluationResult = {
    samples: 0,
    tallies: rules.map(noFirings),
    comparisons: [],
    firings: rules.map(() => []),
  }
  const progress: Progress = {
    series_done: 0,
    series: plan.series.length,
    samples_done: 0,
    samples: plan.series.reduce((sum, each) => sum + each.samples, 0),
  }
  const take = ({ samples, found }: Answer) => {
    progress.samples_done += samples
    // What is planned is an estimate by the block.
    progress.samples = Math.max(progress.samples, progress.samples_done)
    if (found) {
      progress.series_done++
      add(total, found)
    }
    onProgress({ ...progress })
  }

  let evaluated: Promise<void> = Promise.resolve()
  for (const { id, readFrom, source, metricType, unit, feedback } of plan.series) {
    let series: EvaluatedSeries | null = { source, metricType, unit, feedback }
    for (let afterId = 0, isLast = false; !isLast;) {
      signal.throwIfAborted()
      const columns = samples.columns(id, { afterId, from: readFrom, to }, PART)
      isLast = columns.ids.length < PART
      afterId = columns.ids.at(-1) ?? afterId
      await evaluated
      evaluated = thread.ask({ series, columns, isLast }).then(take)
      // It is waited for after the next part was read.
      evaluated.catch(() => {})
      series = null
      await nextTurn()
    }
  }
  await evaluated
  return total
}

const noFirings = (): Tally => ({ flagged: 0, firings: 0, notified: 0, notified_at_night: 0, silenced: 0 })

const NOTHING: Comparison = {
  kept: 0,
  gone: 0,
  new: 0,
  confirmed: 0,
  confirmed_lost: 0,
  false_alarms: 0,
  false_alarms_gone: 0,
}

function add(total: EvaluationResult, found: EvaluationResult): void {
  total.samples += found.samples
  total.tallies = total.tallies.map((each, rule) => summed(each, found.tallies[rule]!))
  total.comparisons = found.comparisons.map((each, index) => summed(total.comparisons[index] ?? NOTHING, each))
  total.firings.forEach((firings, rule) => firings.push(...found.firings[rule]!))
}

const summed = <T extends { [K in keyof T]: number }>(one: T, other: T): T =>
  Object.fromEntries(Object.entries<number>(one).map(([key, value]) => [key, value + other[key as keyof T]])) as T
