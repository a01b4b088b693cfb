// The series around the event, with the band in which it was expected and the stretch in which it was not.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import { SeriesChart } from '../../components/chart/SeriesChart.tsx'
import { useSamples } from '../../components/chart/useSamples.ts'
import { useFormat } from '../../components/useFormat.ts'
import { useNow } from '../../components/useNow.ts'
import classes from './event.module.css'
import { around, windowOf } from './window.ts'

const EVERY_MS = 5000

export function EventChart({ event }: { event: Event }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { from, to } = windowOf(event, now)
  const { data, error } = useSamples({
    source: event.source,
    metricType: event.metric_type,
    drill: event.drill,
    span: () => windowOf(event, Date.now()),
    spanKey: from,
    everyMs: to >= now && !event.drill ? EVERY_MS : false,
  })
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
  return (
    <section className={classes.chartCard} aria-label={label}>
      <div className={classes.chart}>
        {shown && data.points.length > 0 && (
          <SeriesChart
            label={label}
            unit={event.unit}
            points={data.points}
            from={shown.from}
            to={shown.to}
            band={band}
            stretch={stretch}
          />
        )}
        {data?.points.length === 0 && <p className={classes.quiet}>{t('event.chartNone')}</p>}
        {!data && error && <p className={classes.quiet}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
      <ul className={classes.legend}>
        <li data-kind="line">{t('event.samples')}</li>
        {(lower !== null || upper !== null) && <li data-kind="band">{t('event.band')}</li>}
        <li data-kind={stretch.critical ? 'critical' : 'stretch'}>{t('event.stretch')}</li>
        {data?.cut && data.points[0] && (
          <li className={classes.note}>{t('event.chartShort', { time: format.instant(data.points[0].x) })}</li>
        )}
      </ul>
    </section>
  )
}
