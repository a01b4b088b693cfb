// Backtests and previews of a rule, saved or not: checks the rule, picks the time span and bounds the run.
import type { z } from 'zod'
import type { operations } from '../../../shared/contract/operations.ts'
import { DAY, HOUR } from '../../../shared/domain/time.ts'
import { MAX_FIRINGS } from '../../../shared/schemas/backtest.ts'
import { MAX_PREVIEWED_SERIES, type Preview } from '../../../shared/schemas/preview.ts'
import { invalidField } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { RuleService } from '../rules/service.ts'
import { assertValidRule } from '../rules/validation.ts'
import type { Store } from '../store/types/store.ts'
import type { RunBacktest } from './backtests.ts'
import { feedbackBySeries } from './feedback.ts'
import { newestFirst, type BacktestJobs } from './jobs.ts'

type Body<K extends 'startBacktest' | 'previewRule'> = z.output<(typeof operations)[K]['body']>

const DEFAULT_SPAN = 7 * DAY
/** For a preview: a day of samples every five seconds, and what a detector has to learn first. */
const MAX_PREVIEWED_SAMPLES = 20_000

export interface BacktestService extends Pick<BacktestJobs, 'get' | 'cancel'> {
  /**
   * Starts a backtest, by default over the last week, and compares it with the saved rule if `rule_id` names one.
   *
   * @returns its id; throws AppError INVALID for a rule or span that can't be used, NOT_FOUND for an unknown rule,
   *   OVERLOADED if two are running
   */
  start(body: Body<'startBacktest'>): number
  /** A short run over the newest samples. Throws AppError INVALID for a rule that can't be used. */
  preview(body: Body<'previewRule'>): Promise<Preview>
}

interface Deps {
  store: Pick<Store, 'events'>
  jobs: BacktestJobs
  runBacktest: RunBacktest
  rules: Pick<RuleService, 'get'>
  clock: Clock
}

export const createBacktestService = ({ store, jobs, runBacktest, rules, clock }: Deps): BacktestService => ({
  get: jobs.get,
  cancel: jobs.cancel,

  start({ rule_id, from: begin, to: end, tz, ...fields }) {
    const rule = { ...fields, threshold: fields.threshold ?? null }
    assertValidRule(rule)
    const to = end === undefined ? clock.now() : Date.parse(end)
    const from = begin === undefined ? to - DEFAULT_SPAN : Date.parse(begin)
    if (from >= to) throw invalidField('to', 'must lie after from')
    const saved = rule_id === undefined ? [] : [rules.get(rule_id)]
    const request = { rules: [...saved, rule], ruleId: rule_id ?? null, from, to, timeZone: tz }
    const feedback = rule_id === undefined ? new Map<never, never>() : feedbackBySeries(store.events, rule_id, from, to)
    return jobs.start(request, { feedback })
  },

  async preview({ hours, ...fields }) {
    const rule = { ...fields, threshold: fields.threshold ?? null }
    assertValidRule(rule)
    const to = clock.now()
    const { plan, samples, tallies, firings } = await runBacktest(
      { rules: [rule], ruleId: null, from: to - hours * HOUR, to, maxFirings: MAX_FIRINGS, isShort: true },
      { maxSeries: MAX_PREVIEWED_SERIES, maxSamples: MAX_PREVIEWED_SAMPLES },
    )
    return {
      hours,
      series: plan.matching,
      series_evaluated: Math.min(plan.matching, MAX_PREVIEWED_SERIES),
      series_truncated: plan.cut,
      samples,
      flagged: tallies[0]!.flagged,
      firings: tallies[0]!.firings,
      newest_firings: newestFirst(firings[0]!).slice(0, MAX_FIRINGS),
    }
  },
})
