// The series around the event, with the band in which it was expected and the stretch in which it was not.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isCounter } from '../../../../shared/counters.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import { asRates } from '../../charts/asRates.ts'
import { ChartLegend, LegendItem } from '../../charts/ChartLegend.tsx'
import { SeriesChart } from '../../charts/SeriesChart.tsx'
import { useHistory } from '../../charts/useHistory.ts'
import { usePlotWidth } from '../../charts/usePlotWidth.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNow } from '../../../ui/useNow.ts'
import classes from './event.module.css'
import { around } from '../../charts/span.ts'
import { windowOf } from './window.ts'

const EVERY_MS = 5000
/** An anomaly is a single sample, so it is drawn as such as long as that is feasible. */
const MOST_SAMPLES = 5000

export function EventChart({ event }: { event: Event }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { from, to } = windowOf(event, now)
  const { ref, pixels } = usePlotWidth()
  const { data: read, error } = useHistory({
    source: event.source,
    metricType: event.metric_type,
    chart: event.drill ? 'drill' : { pixels, most: MOST_SAMPLES },
    span: () => windowOf(event, Date.now()),
    spanKey: from,
    everyMs: to >= now && !event.drill ? EVERY_MS : false,
  })
  // Its value and its band are those of the rate.
  const data = useMemo(
    () => read && (isCounter(event.metric_type) ? { ...read, points: asRates(read.points) } : read),
    [read, event.metric_type],
  )
  const { lower, upper, detected_at, last_seen_at, severity, status } = event
  const band = useMemo(() => ({ lower, upper }), [lower, upper])
  const stretch = useMemo(
    () => ({
      from: Date.parse(detected_at),
      to: Date.parse(last_seen_at),
      critical: severity === 'CRITICAL' && status === 'OPEN',
    }),
    [detected_at, last_seen_at, severity, status],
  )
  const label = t('event.chart', { series: `${event.metric_type}, ${event.source}` })
  const shown = data && (event.drill ? around(data.points, data) : data)
  const first = data?.cut ? data.points[0] : undefined
  const short = first && t('event.chartShort', { time: format.instant(first.x) })
  return (
    <section className={classes.chartCard} aria-label={label}>
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
            stretch={stretch}
          />
        )}
        {data?.points.length === 0 && <p className={classes.quiet}>{t('event.chartNone')}</p>}
        {!data && error && <p className={classes.quiet}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
      <ChartLegend step={data?.step} note={short}>
        {(lower !== null || upper !== null) && <LegendItem kind="band">{t('event.band')}</LegendItem>}
        <LegendItem kind={stretch.critical ? 'critical' : 'stretch'}>{t('event.stretch')}</LegendItem>
      </ChartLegend>
    </section>
  )
}
