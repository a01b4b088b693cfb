// A rule, saved or not, over the stored history: at length in a thread, or the quick look of a preview.
import { MAX_FIRINGS } from '../../../../shared/schemas/backtest.ts'
import { MAX_PREVIEWED_SERIES } from '../../../../shared/schemas/preview.ts'
import type { RunBacktest } from '../../backtest/backtests.ts'
import { newestFirst, type BacktestJobs } from '../../backtest/jobs.ts'
import { feedbackBySeries } from '../../backtest/feedback.ts'
import { invalidField } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import type { RuleService } from '../../rules/service.ts'
import { refuseProblems } from '../../rules/validation.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

const HOUR = 3_600_000
const USUAL_SPAN = 7 * 24 * HOUR
/** For a quick look: a day of samples five seconds apart, and what a detector wants to learn first. */
const MOST_PREVIEWED_SAMPLES = 20_000

interface Deps {
  store: Pick<Store, 'events'>
  backtests: BacktestJobs
  runBacktest: RunBacktest
  ruleDesk: Pick<RuleService, 'get'>
  clock: Clock
}

type BacktestHandlers = Pick<Handlers, 'startBacktest' | 'getBacktest' | 'cancelBacktest' | 'previewRule'>

export const backtestHandlers = ({ store, backtests, runBacktest, ruleDesk, clock }: Deps): BacktestHandlers => ({
  startBacktest({ body: { rule_id, from: given, to: end, tz, ...fields } }) {
    const rule = { ...fields, threshold: fields.threshold ?? null }
    refuseProblems(rule)
    const to = end === undefined ? clock.now() : Date.parse(end)
    const from = given === undefined ? to - USUAL_SPAN : Date.parse(given)
    if (from >= to) throw invalidField('to', 'must lie after from')
    const present = rule_id === undefined ? [] : [ruleDesk.get(rule_id)]
    const question = { rules: [...present, rule], ruleId: rule_id ?? null, from, to, timeZone: tz }
    const said = rule_id === undefined ? new Map<never, never>() : feedbackBySeries(store.events, rule_id, from, to)
    return { id: backtests.start(question, { said }) }
  },

  getBacktest: ({ params }) => backtests.get(params.backtest_id),

  cancelBacktest: ({ params }) => backtests.cancel(params.backtest_id),

  async previewRule({ body: { hours, ...fields } }) {
    const rule = { ...fields, threshold: fields.threshold ?? null }
    refuseProblems(rule)
    const to = clock.now()
    const { plan, samples, tallies, rings } = await runBacktest(
      { rules: [rule], ruleId: null, from: to - hours * HOUR, to, mostRings: MAX_FIRINGS, isShort: true },
      { mostSeries: MAX_PREVIEWED_SERIES, mostSamples: MOST_PREVIEWED_SAMPLES },
    )
    return {
      hours,
      series: plan.matching,
      series_evaluated: Math.min(plan.matching, MAX_PREVIEWED_SERIES),
      series_truncated: plan.cut,
      samples,
      flagged: tallies[0]!.flagged,
      firings: tallies[0]!.firings,
      newest_firings: newestFirst(rings[0]!).slice(0, MAX_FIRINGS),
    }
  },
})
