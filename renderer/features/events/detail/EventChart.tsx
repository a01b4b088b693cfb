// The series around the event, with its expected band and the time range of the event.
import { onsetOf } from '../../../../shared/domain/onset.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isCounter } from '../../../../shared/domain/counters.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import { toRates } from '../../charts/toRates.ts'
import { ChartLegend, LegendItem } from '../../charts/ChartLegend.tsx'
import { SeriesChart } from '../../charts/SeriesChart.tsx'
import { useHistory } from '../../charts/useHistory.ts'
import { usePlotWidth } from '../../charts/usePlotWidth.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNow } from '../../../ui/useNow.ts'
import classes from './event.module.css'
import { fitToPoints } from '../../charts/span.ts'
import { chartWindow } from './chartWindow.ts'
import text from '../../../ui/text.module.css'
import card from '../../../ui/card.module.css'

const REFETCH_MS = 5000
/** An anomaly is a single sample, so samples are drawn individually up to a high limit. */
const MAX_SAMPLES = 5000

export function EventChart({ event }: { event: Event }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { from, to } = chartWindow(event, now)
  const { ref, pixels } = usePlotWidth()
  const { data: read, error } = useHistory({
    source: event.source,
    metricType: event.metric_type,
    chart: event.drill ? 'drill' : { pixels, maxSamples: MAX_SAMPLES },
    span: () => chartWindow(event, Date.now()),
    spanKey: from,
    refetchMs: to >= now && !event.drill ? REFETCH_MS : false,
  })
  // The event's value and band are those of the rate.
  const data = useMemo(
    () => read && (isCounter(event.metric_type) ? { ...read, points: toRates(read.points) } : read),
    [read, event.metric_type],
  )
  const { lower, upper, last_seen_at, severity, status } = event
  const began = onsetOf(event)
  const band = useMemo(() => ({ lower, upper }), [lower, upper])
  const eventRange = useMemo(
    () => ({
      from: Date.parse(began),
      to: Date.parse(last_seen_at),
      critical: severity === 'CRITICAL' && status === 'OPEN',
    }),
    [began, last_seen_at, severity, status],
  )
  const label = t('event.chart', { series: `${event.metric_type}, ${event.source}` })
  const shown = data && (event.drill ? fitToPoints(data.points, data) : data)
  const first = data?.truncated ? data.points[0] : undefined
  const short = first && t('event.chartShort', { time: format.instant(first.x) })
  return (
    <section className={`${card.card} ${classes.chartCard}`} aria-label={label}>
      <div className={classes.chart} ref={ref}>
        {shown && data.points.length > 0 && (
          <SeriesChart
            label={label}
            unit={event.unit}
            points={data.points}
            step={data.step}
            from={shown.from}
            to={shown.to}
            band={band}
            eventRange={eventRange}
          />
        )}
        {data?.points.length === 0 && <p className={text.muted}>{t('event.chartNone')}</p>}
        {!data && error && <p className={text.muted}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
      <ChartLegend step={data?.step} note={short}>
        {(lower !== null || upper !== null) && <LegendItem kind="band">{t('event.band')}</LegendItem>}
        <LegendItem kind={eventRange.critical ? 'critical' : 'event'}>{t('event.range')}</LegendItem>
      </ChartLegend>
    </section>
  )
}
