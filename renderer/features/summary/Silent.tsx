// Series that have gone quiet: an agent that died rings no bell by itself.
import { IconClockPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { METRICS } from '../../paths/paths.ts'
import type { Series } from '../../../shared/schemas/series.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { Card } from '../../ui/Page.tsx'
import { Since } from '../../ui/Since.tsx'
import { searchOf } from '../series/seriesFilter.ts'
import classes from './summary.module.css'
import { useSilent } from './useFigures.ts'

const SHOWN = 6

export function Silent() {
  const { t } = useTranslation()
  const { data, error } = useSilent()
  const hidden = (data?.series.length ?? 0) - SHOWN
  return (
    <Card title={t('summary.silentSince')} testId="silent">
      {data?.series.length === 0 && <p className={classes.quiet}>{t('summary.noneSilent')}</p>}
      {!data && error && <p className={classes.quiet}>{t('problem.refresh', { detail: error.message })}</p>}
      <ul className={classes.silent}>
        {data?.series.slice(0, SHOWN).map((series) => (
          <SilentSeries key={`${series.source}\n${series.metric_type}`} series={series} />
        ))}
      </ul>
      {hidden > 0 && (
        <Link to={METRICS}>{t(data?.more ? 'summary.manySilent' : 'summary.moreSilent', { count: hidden })}</Link>
      )}
    </Card>
  )
}

function SilentSeries({ series: { source, metric_type, last_seen } }: { series: Series }) {
  const search = searchOf({
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
      <Since time={last_seen} className={classes.note} />
    </li>
  )
}
