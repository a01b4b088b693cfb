// Series that stopped reporting: a dead agent doesn't fire by itself.
import { IconClockPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { METRICS } from '../../paths/paths.ts'
import type { Series } from '../../../shared/schemas/series.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { Card } from '../../ui/Page.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { seriesSearchParams } from '../series/seriesFilter.ts'
import classes from './summary.module.css'
import { useSilentSeries } from './usePeriodSummary.ts'
import text from '../../ui/text.module.css'

const MAX_SHOWN = 6

export function SilentSeries() {
  const { t } = useTranslation()
  const { data, error } = useSilentSeries()
  const hidden = (data?.series.length ?? 0) - MAX_SHOWN
  return (
    <Card title={t('summary.silentSince')} testId="silent">
      {data?.series.length === 0 && <p className={text.muted}>{t('summary.noneSilent')}</p>}
      {!data && error && <p className={text.muted}>{t('problem.refresh', { detail: error.message })}</p>}
      <ul className={classes.silent}>
        {data?.series.slice(0, MAX_SHOWN).map((series) => (
          <Row key={`${series.source}\n${series.metric_type}`} series={series} />
        ))}
      </ul>
      {hidden > 0 && (
        <Link to={METRICS}>{t(data?.more ? 'summary.manySilent' : 'summary.moreSilent', { count: hidden })}</Link>
      )}
    </Card>
  )
}

function Row({ series: { source, metric_type, last_seen } }: { series: Series }) {
  const search = seriesSearchParams({
    source: '',
    metricType: '',
    offset: 0,
    drawn: [{ source, metricType: metric_type }],
    minutes: 1440,
  })
  return (
    <li>
      <IconClockPause size={15} aria-hidden />
      <Link to={`${METRICS}?${search.toString()}`} className={classes.silentName}>
        <strong>{source}</strong> <MetricLabel metricType={metric_type} />
      </Link>
      <RelativeTime time={last_seen} className={classes.note} />
    </li>
  )
}
