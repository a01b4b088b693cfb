// The budget of interruptions: what each rule took of the engineer's attention, and what that was worth.
import type { RuleBudget } from '../../../../shared/schemas/budget.ts'
import { zoneNamed } from '../../platform/zoned-time.ts'
import type { Clock } from '../../platform/ports.ts'
import type { RuleStats } from '../../store/types/events.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

const DAY = 86_400_000
/** Minutes on the clock: the night ends, and begins. */
const MORNING = 7 * 60
const EVENING = 22 * 60

/** Fewer words of people say nothing. */
const ENOUGH_JUDGED = 5

interface Deps {
  store: Pick<Store, 'rules' | 'budget'>
  clock: Clock
}

export const budgetHandlers = ({ store, clock }: Deps): Pick<Handlers, 'getBudget'> => ({
  getBudget({ query: { days, tz } }) {
    const now = clock.now()
    const from = Math.floor((now - days * DAY) / DAY) * DAY
    const worthOf = store.budget.worth(from, nightsBetween(from, now, tz))
    const weeks = (now - from) / (7 * DAY)
    const rules = store.rules.all().map(({ id }) => budgetOf(id, worthOf(id), weeks))
    for (const rule of rules) if (rule.mostly_false) rule.false_alarm_id = store.budget.newestFalseAlarm(rule.rule_id)
    return { from: new Date(from).toISOString(), rules: rules.toSorted((one, other) => other.firings - one.firings) }
  },
})

function budgetOf(rule_id: number, worth: RuleStats, weeks: number): RuleBudget {
  const { firings, night_firings, confirmed, false_alarms } = worth
  const judged = confirmed + false_alarms
  const precision = judged === 0 ? null : confirmed / judged
  return {
    rule_id,
    ...worth,
    firings_per_week: firings / weeks,
    night_firings_per_week: night_firings / weeks,
    precision,
    mostly_false: judged >= ENOUGH_JUDGED && precision! < 0.5,
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
