// Events per day in the reader's time zone: at least a week, since one day shows no trend.
import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Page.tsx'
import { retried } from '../../ui/retried.ts'
import { useNow } from '../../ui/useNow.ts'
import { fillDays, localDay } from './days.ts'
import type { Period } from './period.ts'
import classes from './summary.module.css'
import { usePeriodSummary } from './usePeriodSummary.ts'
import { HOUR } from '../../../shared/domain/time.ts'

const TrendChart = lazy(() => retried(() => import('./TrendChart.tsx')))

/** Hours. */
const WEEK = 168
const MONTH = 720

export function Trend({ period }: { period: Period }) {
  const { t } = useTranslation()
  const hours = period === MONTH ? MONTH : WEEK
  const trend = usePeriodSummary(hours).data?.daily_trend
  const now = useNow()
  const first = localDay(now - hours * HOUR)
  const last = localDay(now)
  const days = useMemo(() => trend && fillDays(trend, first, last), [trend, first, last])
  return (
    <Card title={t(`summary.trend.${hours}`)} testId="trend">
      <div className={classes.trend}>
        <Suspense fallback={<Skeleton height="100%" />}>
          {days ? <TrendChart days={days} /> : <Skeleton height="100%" />}
        </Suspense>
      </div>
    </Card>
  )
}
