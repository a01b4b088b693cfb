// What a rule took of the engineer's attention, and the one of which most was in vain.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { useFormat } from '../../ui/useFormat.ts'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'

/** @param budget undefined until it is known */
export function RuleStats({ budget }: { budget: RuleBudget | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!budget) return <div className={list.cell} />
  const { firings_per_week: rings, night_firings_per_week: nights, precision, firings: all } = budget
  const rounded = (value: number) => format.number(Math.round(value * 10) / 10)
  return (
    <div className={list.cell} data-testid="rule-stats">
      <span>{all === 0 ? t('rules.worth.never') : t('rules.worth.rings', { rings: rounded(rings) })}</span>
      {all > 0 && (
        <span className={text.note}>
          {[
            t('rules.worth.nights', { nights: rounded(nights) }),
            ...(precision === null ? [] : [t('rules.worth.right', { share: Math.round(precision * 100) })]),
          ].join(', ')}
        </span>
      )}
    </div>
  )
}

export function NoisyRuleHint({ worst, rules }: { worst: RuleBudget | undefined; rules: readonly Rule[] }) {
  const { t } = useTranslation()
  const rule = rules.find(({ id }) => id === worst?.rule_id)
  if (!worst || !rule) return null
  const { false_alarms: wrong, confirmed, false_alarm_id } = worst
  return (
    <p className={classes.mostlyFalse} data-testid="noisy-rule">
      {t('rules.worth.mostlyFalse', { name: rule.name, wrong, judged: wrong + confirmed })}{' '}
      {false_alarm_id !== null && <Link to={`${EVENTS}/${false_alarm_id}`}>{t('rules.worth.proposal')}</Link>}
    </p>
  )
}
