// How often a rule fires and how often it is right, and a hint for the noisiest one.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { useFormat } from '../../ui/useFormat.ts'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'
import card from '../../ui/card.module.css'

/** @param budget undefined until known */
export function RuleStats({ budget }: { budget: RuleBudget | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!budget) return <div className={list.cell} />
  const { firings_per_week: perWeek, night_firings_per_week: atNight, precision, firings } = budget
  const rounded = (value: number) => format.number(Math.round(value * 10) / 10)
  return (
    <div className={list.cell} data-testid="rule-stats">
      <span>{firings === 0 ? t('rules.stats.never') : t('rules.stats.perWeek', { firings: rounded(perWeek) })}</span>
      {firings > 0 && (
        <span className={text.note}>
          {[
            t('rules.stats.atNight', { nights: rounded(atNight) }),
            ...(precision === null ? [] : [t('rules.stats.correct', { share: Math.round(precision * 100) })]),
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
    <p className={`${card.surface} ${classes.mostlyFalse}`} data-testid="noisy-rule">
      {t('rules.stats.mostlyFalse', { name: rule.name, wrong, reviewed: wrong + confirmed })}{' '}
      {false_alarm_id !== null && <Link to={`${EVENTS}/${false_alarm_id}`}>{t('rules.stats.proposal')}</Link>}
    </p>
  )
}
