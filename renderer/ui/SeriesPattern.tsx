// Which series a rule, a silence or a maintenance window applies to: two globs.
import { useTranslation } from 'react-i18next'
import list from './list.module.css'
import text from './text.module.css'

export function SeriesPattern({ source, metricType }: { source: string; metricType: string }) {
  const { t } = useTranslation()
  return (
    <>
      <span className={list.glob}>{metricType === '*' ? t('pattern.everyMetric') : metricType}</span>
      <span className={text.note}>{source === '*' ? t('pattern.everySource') : t('pattern.onSource', { source })}</span>
    </>
  )
}
