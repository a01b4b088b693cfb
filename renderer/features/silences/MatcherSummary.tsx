// Which events a silence or a maintenance window matches.
import { useTranslation } from 'react-i18next'
import type { Matcher } from '../../../shared/schemas/silences.ts'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { SeriesPattern } from '../../ui/SeriesPattern.tsx'
import { useRules } from '../../api/queries/useRules.ts'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'

export function MatcherSummary({ matcher: { source, metric_type, rule_id, severity } }: { matcher: Matcher }) {
  const { t } = useTranslation()
  const rules = useRules().data
  const rule = rules?.find(({ id }) => id === rule_id)
  return (
    <div className={list.cell}>
      <SeriesPattern source={source} metricType={metric_type} />
      {rule && <span className={text.note}>{t('silences.ofRule', { rule: rule.name })}</span>}
      {severity && <SeverityBadge event={{ severity, status: 'RESOLVED' }} />}
    </div>
  )
}
