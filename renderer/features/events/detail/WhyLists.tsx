// Other events and series at that time, and earlier events, as links.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { formatDuration } from '../../../../shared/domain/format.ts'
import type { Facts } from '../../../../shared/schemas/explanation.ts'
import { EVENTS, METRICS } from '../../../paths/paths.ts'
import { MetricLabel } from '../../../ui/MetricLabel.tsx'
import { SeverityBadge } from '../../event-parts/SeverityBadge.tsx'
import { StatusBadge } from '../../event-parts/StatusBadge.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { seriesSearchParams } from '../../series/seriesFilter.ts'
import { Sparkline } from './Sparkline.tsx'
import classes from './why.module.css'

export function EventsAround({ events }: { events: Facts['events_around'] }) {
  const { t } = useTranslation()
  return (
    <List name="around" length={events.length}>
      {events.map((event) => (
        <li key={event.id}>
          <EventLink id={event.id}>{event.title}</EventLink>
          <span className={classes.note}>
            <SeverityBadge event={event} /> {event.rule_name} ·{' '}
            {t(relativeKey(event.seconds_after), { time: formatOffset(event.seconds_after) })}
          </span>
        </li>
      ))}
    </List>
  )
}

const relativeKey = (seconds: number) => (seconds === 0 ? 'why.sameTime' : seconds < 0 ? 'why.earlier' : 'why.later')
const formatOffset = (seconds: number) => formatDuration(Math.abs(seconds) * 1000)

export function SeriesAround({ series }: { series: Facts['series_around'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <List name="series" length={series.length}>
      {series.map(({ source, metric_type, unit, before, value, means }) => (
        <li key={metric_type}>
          <Link to={`${METRICS}?${searchFor(source, metric_type)}`}>
            <MetricLabel metricType={metric_type} />
          </Link>
          <span className={classes.note}>
            <Sparkline values={means} />{' '}
            {t('why.moved', { before: format.value(before, unit), value: format.value(value, unit) })}
          </span>
        </li>
      ))}
    </List>
  )
}

const searchFor = (source: string, metricType: string) =>
  seriesSearchParams({
    source: '',
    metricType: '',
    offset: 0,
    drawn: [{ source, metricType }],
    minutes: 360,
  }).toString()

export function EarlierEvents({ events }: { events: Facts['earlier']['last'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <List name="earlier" length={events.length}>
      {events.map(({ id, status, detected_at, ended_by, comment }) => (
        <li key={id}>
          <EventLink id={id}>{format.instant(detected_at)}</EventLink>
          <span className={classes.note}>
            <StatusBadge status={status} /> {ended_by !== null && t('event.by', { who: ended_by })}
          </span>
          {comment !== null && <q className={classes.comment}>{comment}</q>}
        </li>
      ))}
    </List>
  )
}

interface ListProps {
  name: 'around' | 'series' | 'earlier'
  length: number
  children: ReactNode
}

function List({ name, length, children }: ListProps) {
  const { t } = useTranslation()
  if (length === 0) return null
  return (
    <div data-testid={`why-${name}`}>
      <h3 className={classes.listTitle}>{t(`why.list.${name}`)}</h3>
      <ul className={classes.list}>{children}</ul>
    </div>
  )
}

/** Keeps the state that leads back to the list. */
const EventLink = ({ id, children }: { id: number; children: ReactNode }) => (
  <Link to={`${EVENTS}/${id}`} state={useLocation().state as unknown}>
    {children}
  </Link>
)
