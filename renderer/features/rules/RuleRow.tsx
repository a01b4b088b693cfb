// One rule in the list.
import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS, RULES } from '../../paths/paths.ts'
import type { RuleBudget } from '../../../shared/schemas/budget.ts'
import type { MethodOut, Rule } from '../../../shared/schemas/rule.ts'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { SeriesPattern } from '../../ui/SeriesPattern.tsx'
import { toast } from '../../ui/toast.ts'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'
import { useRuleSummary } from './useRuleSummary.ts'
import { useToggleRule } from '../../api/queries/useRules.ts'
import { RuleStats } from './RuleStats.tsx'

interface Props {
  rule: Rule
  /** Undefined if the program no longer has it. */
  method: MethodOut | undefined
  /** Undefined until known. */
  budget: RuleBudget | undefined
  /** The number of its open events; undefined until known. */
  open: number | undefined
}

export function RuleRow({ rule, method, budget, open }: Props) {
  const { t } = useTranslation()
  const summary = useRuleSummary()
  return (
    <li className={`${list.row} ${classes.row}`} data-testid="rule-row" data-off={!rule.is_active || undefined}>
      <div className={list.cell}>
        <Link to={`${RULES}/${rule.id}`} className={list.name}>
          {rule.name}
        </Link>
        {rule.description && <span className={text.note}>{rule.description}</span>}
      </div>
      <div className={list.cell}>
        <SeriesPattern source={rule.source} metricType={rule.metric_type} />
      </div>
      <div className={list.cell}>
        <span>{rule.method}</span>
        <span className={text.note}>{method && summary.condition(rule, method)}</span>
      </div>
      <div className={list.cell}>
        {rule.severity ? (
          <SeverityBadge event={{ severity: rule.severity, status: 'RESOLVED' }} />
        ) : (
          <span>{t('rules.severityFromScore')}</span>
        )}
        <span className={text.note}>{summary.timing(rule)}</span>
      </div>
      <RuleStats budget={budget} />
      {open === undefined || open === 0 ? (
        <span className={text.note}>{open === 0 && t('rules.noneOpen')}</span>
      ) : (
        <Link to={`${EVENTS}?show=OPEN&rule_id=${rule.id}`}>{t('rules.open', { count: open })}</Link>
      )}
      <Toggle rule={rule} />
    </li>
  )
}

function Toggle({ rule }: { rule: Rule }) {
  const { t } = useTranslation()
  const toggle = useToggleRule()
  return (
    <Switch
      className={classes.toggle}
      aria-label={t('rules.activeName', { name: rule.name })}
      label={rule.is_active ? t('rules.on') : t('rules.off')}
      checked={rule.is_active}
      disabled={toggle.isPending}
      onChange={() =>
        toggle.mutate(rule, { onError: (error) => toast(t('action.failed'), error.message, t('action.close')) })
      }
    />
  )
}
