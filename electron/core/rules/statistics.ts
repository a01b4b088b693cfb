// Rule statistics: how often each rule fired, at night too, and how precise it was by the user's feedback.
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import { DAY, toIso } from '../../../shared/domain/time.ts'
import { zoneNamed } from '../platform/zoned-time.ts'
import type { Clock } from '../platform/ports.ts'
import type { RuleStats } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'

/** Minutes on the clock: the night ends, and begins. */
const MORNING = 7 * 60
const EVENING = 22 * 60

/** With less feedback than this, precision says nothing. */
const MIN_FEEDBACK = 5

interface Deps {
  store: Pick<Store, 'rules' | 'budget'>
  clock: Clock
}

export interface RuleStatistics {
  /** Over the last `days` up to now, from a UTC midnight on; nights are those of `timeZone` (IANA). */
  overDays(days: number, timeZone: string): { from: string; rules: RuleBudget[] }
}

export const createRuleStatistics = ({ store, clock }: Deps): RuleStatistics => ({
  overDays(days, timeZone) {
    const now = clock.now()
    const from = Math.floor((now - days * DAY) / DAY) * DAY
    const statsOf = store.budget.ruleStats(from, nightsBetween(from, now, timeZone))
    const weeks = (now - from) / (7 * DAY)
    const rules = store.rules.all().map(({ id }) => budgetOf(id, statsOf(id), weeks))
    for (const rule of rules) if (rule.mostly_false) rule.false_alarm_id = store.budget.newestFalseAlarm(rule.rule_id)
    return { from: toIso(from), rules: rules.toSorted((one, other) => other.firings - one.firings) }
  },
})

function budgetOf(rule_id: number, stats: RuleStats, weeks: number): RuleBudget {
  const { firings, night_firings, confirmed, false_alarms } = stats
  const withFeedback = confirmed + false_alarms
  const precision = withFeedback === 0 ? null : confirmed / withFeedback
  return {
    rule_id,
    ...stats,
    firings_per_week: firings / weeks,
    night_firings_per_week: night_firings / weeks,
    precision,
    mostly_false: withFeedback >= MIN_FEEDBACK && precision! < 0.5,
    false_alarm_id: null,
  }
}

/** By the clock on the wall; what samples of a fast clock are dated ahead belongs to the night at hand. */
function nightsBetween(from: number, to: number, timeZone: string): { from: number; to: number }[] {
  const zone = zoneNamed(timeZone)
  const nights = []
  const last = zone.localAt(to).date + DAY
  for (let { date } = zone.localAt(from - DAY); date <= last; date += DAY) {
    const night = {
      from: Math.max(from, zone.instantOf({ date, minute: EVENING })),
      to: zone.instantOf({ date: date + DAY, minute: MORNING }),
    }
    if (night.from < night.to) nights.push(night)
  }
  return nights
}
