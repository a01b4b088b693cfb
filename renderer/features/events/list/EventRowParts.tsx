// Parts that large and compact rows share.
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Event } from '../../../../shared/schemas/event.ts'
import { MetricLabel } from '../../../ui/MetricLabel.tsx'
import { presentValue } from '../../event-parts/EventPresent.tsx'
import { useBandText } from '../../event-parts/useBandText.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import classes from './events.module.css'
import { linkId } from './useSelection.ts'

interface LinkProps {
  event: Event
  /** The event whose link has the focus is the selected one. */
  select: (id: number) => void
}

export function EventLink({ event, select }: LinkProps) {
  const { search } = useLocation()
  return (
    <Link
      to={`/events/${event.id}`}
      state={{ from: search }}
      id={linkId(event.id)}
      className={classes.title}
      onFocus={() => select(event.id)}
    >
      {event.title}
    </Link>
  )
}

export const EventSeries = ({ event: { source, metric_type } }: { event: Event }) => (
  <span className={classes.series}>
    <span className={classes.source}>{source}</span> <MetricLabel metricType={metric_type} />
  </span>
)

export function EventValue({ event }: { event: Event }) {
  const format = useFormat()
  const band = useBandText()
  return (
    <span className={classes.value}>
      <strong>{format.value(presentValue(event), event.unit)}</strong>
      <span className={classes.band}>{band(event)}</span>
    </span>
  )
}

export function EventCount({ event: { occurrences } }: { event: Event }) {
  const { t } = useTranslation()
  return (
    <span className={classes.count} title={t('events.countHint', { count: occurrences })}>
      {t('events.count', { count: occurrences })}
    </span>
  )
}
