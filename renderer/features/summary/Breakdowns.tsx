// The events of the period by status, severity and metric type.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import { SEVERITIES, STATUSES } from '../../../shared/schemas/event.ts'
import type { Summary } from '../../../shared/schemas/summary.ts'
import { Card } from '../../ui/Page.tsx'
import { eventSearchParams, NO_FILTERS, type EventFilter } from '../events/list/eventFilter.ts'
import { Breakdown } from './Breakdown.tsx'
import type { Period } from './period.ts'
import text from '../../ui/text.module.css'

interface Props {
  summary: Summary
  period: Period
}

const MAX_TYPES = 5

export function Breakdowns({ summary, period }: Props) {
  const { t } = useTranslation()
  const listed = (part: Partial<EventFilter>) =>
    `${EVENTS}?${eventSearchParams({ show: 'all', ...NO_FILTERS, hours: period, offset: 0, ...part }).toString()}`
  const types = Object.entries(summary.by_metric_type).toSorted(([, one], [, other]) => other - one)
  return (
    <>
      <Card title={t('summary.byStatus')} testId="by-status">
        <Breakdown
          label={t('summary.byStatus')}
          rows={STATUSES.map((status) => ({
            name: t(`status.${status}`),
            count: summary.by_status[status] ?? 0,
            to: listed({ show: status }),
          }))}
        />
      </Card>
      <Card title={t('summary.bySeverity')} testId="by-severity">
        <Breakdown
          label={t('summary.bySeverity')}
          rows={SEVERITIES.toReversed().map((severity) => ({
            name: t(`severity.${severity}`),
            count: summary.by_severity[severity] ?? 0,
            to: listed({ severity }),
          }))}
        />
      </Card>
      <Card title={t('summary.byMetricType')} testId="by-metric-type">
        {types.length === 0 && <p className={text.muted}>{t('summary.noEvents')}</p>}
        <Breakdown
          label={t('summary.byMetricType')}
          rows={types
            .slice(0, MAX_TYPES)
            .map(([metricType, count]) => ({ name: metricType, count, to: listed({ metricType }) }))}
        />
        {types.length > MAX_TYPES && (
          <Link to={listed({})}>{t('summary.moreTypes', { count: types.length - MAX_TYPES })}</Link>
        )}
      </Card>
    </>
  )
}
