// Which events a silence or a window is about.
import { useTranslation } from 'react-i18next'
import type { Matcher } from '../../../shared/schemas/quiet.ts'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { useRules } from '../../api/queries/useRules.ts'
import rows from '../../ui/Rows.module.css'

export function MatcherSummary({ matcher: { source, metric_type, rule_id, severity } }: { matcher: Matcher }) {
  const { t } = useTranslation()
  const rules = useRules().data
  const rule = rules?.find(({ id }) => id === rule_id)
  return (
    <div className={rows.about}>
      <span className={rows.glob}>{metric_type === '*' ? t('rules.everyMetric') : metric_type}</span>
      <span className={rows.note}>{source === '*' ? t('rules.everySource') : t('rules.onSource', { source })}</span>
      {rule && <span className={rows.note}>{t('silences.ofRule', { rule: rule.name })}</span>}
      {severity && <SeverityBadge event={{ severity, status: 'RESOLVED' }} />}
    </div>
  )
}
