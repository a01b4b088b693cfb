import { useTranslation } from 'react-i18next'
import type { Bundle, BundledSeries } from '../../../shared/schemas/bundle.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { SeriesChart } from '../charts/SeriesChart.tsx'
import { Card } from '../../ui/Page.tsx'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { StatusBadge } from '../event-parts/StatusBadge.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Facts } from '../event-parts/Facts.tsx'
import { Timeline } from '../event-parts/Timeline.tsx'
import classes from './bundle.module.css'
import text from '../../ui/text.module.css'

export function BundleView({ bundle }: { bundle: Bundle }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { event, explanation, incident, rule, series, neighbours } = bundle
  return (
    <article className={classes.bundle} data-testid="bundle">
      <p className={text.muted}>
        {t('bundle.from', { time: format.instant(bundle.made_at), version: bundle.made_by })}
      </p>
      <div className={classes.badges}>
        <SeverityBadge event={event} />
        <StatusBadge status={event.status} />
      </div>
      <h2 className={classes.title}>{event.title}</h2>
      <p className={classes.why}>{explanation.text}</p>
      <Chart series={series} bundle={bundle} />
      <Timeline event={event} />
      <Facts event={event} />
      {rule && <RuleCard rule={rule} />}
      {incident.length > 1 && (
        <Card title={t('bundle.incident')}>
          <ul>
            {incident.map(({ id, title, detected_at }) => (
              <li key={id}>
                {format.instant(detected_at)}: {title}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {neighbours.map((neighbour) => (
        <Chart key={neighbour.metric_type} series={neighbour} bundle={bundle} />
      ))}
    </article>
  )
}

/** Only the event's own series shows the expected band. */
function Chart({ series, bundle: { event, series: own } }: { series: BundledSeries; bundle: Bundle }) {
  const { t } = useTranslation()
  const label = `${series.metric_type}, ${series.source}`
  const points = series.times.map((x, index) => ({ id: index, x, y: series.values[index]! }))
  const isOwn = series === own
  const first = Date.parse(event.detected_at)
  const last = Date.parse(event.last_seen_at)
  return (
    <Card title={label}>
      <div className={classes.chart}>
        <SeriesChart
          label={label}
          unit={series.unit}
          points={points}
          from={points[0]?.x ?? first}
          to={points.at(-1)?.x ?? last}
          band={isOwn ? { lower: event.lower, upper: event.upper } : undefined}
          eventRange={{ from: first, to: last, critical: false }}
        />
      </div>
      {series.cut && <p className={text.muted}>{t('bundle.truncated')}</p>}
    </Card>
  )
}

/** As JSON of the contract: a colleague may want to create the same rule. */
function RuleCard({ rule }: { rule: Rule }) {
  const { t } = useTranslation()
  return (
    <Card title={t('bundle.rule', { name: rule.name })}>
      <pre className={classes.rule}>{JSON.stringify(rule, undefined, 2)}</pre>
    </Card>
  )
}
