// The samples of the drill with their expected band.
import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Page.tsx'
import { useHistory } from '../charts/useHistory.ts'
import { fitToPoints } from '../charts/span.ts'
import { newestDrillSamples } from './newestDrillSamples.ts'
import classes from './simulate.module.css'
import type { LastDrill } from './useDrill.ts'
import text from '../../ui/text.module.css'
import { retried } from '../../ui/retried.ts'

const SeriesChart = lazy(async () => ({
  default: (await retried(() => import('../charts/SeriesChart.tsx'))).SeriesChart,
}))

/** The samples of a drill are within the hour before its answer, plus a margin for slow answers. */
const SPAN_MS = 3_900_000

export function DrillChart({ drill: { result, at } }: { drill: LastDrill }) {
  const { t } = useTranslation()
  const { source, metric_type: metricType, normal_points: normal } = result.simulation
  const { unit, lower, upper, is_anomaly: anomaly, severity } = result.detection
  const span = { from: at - SPAN_MS, to: at }
  const { data, error } = useHistory({
    source,
    metricType,
    chart: 'drill',
    span: () => span,
    spanKey: at,
    refetchMs: false,
  })
  const points = useMemo(() => data && newestDrillSamples(data.points, normal + 1), [data, normal])
  const band = useMemo(() => ({ lower, upper }), [lower, upper])
  const last = points?.at(-1)?.x
  const eventRange = useMemo(
    () => (anomaly && last !== undefined ? { from: last, to: last, critical: severity === 'CRITICAL' } : undefined),
    [anomaly, last, severity],
  )
  const shown = points && fitToPoints(points, span)
  const label = t('simulate.chart', { series: `${metricType}, ${source}` })
  return (
    <Card title={label}>
      <div className={classes.chart}>
        <Suspense fallback={<Skeleton height="100%" />}>
          {points && shown && (
            <SeriesChart
              label={label}
              unit={unit || null}
              points={points}
              from={shown.from}
              to={shown.to}
              band={band}
              eventRange={eventRange}
            />
          )}
        </Suspense>
        {!data && error && <p className={text.note}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
    </Card>
  )
}
