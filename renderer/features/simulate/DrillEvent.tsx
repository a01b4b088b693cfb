// An event raised by the drill, kept up to date like any other.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusBadge } from '../event-parts/StatusBadge.tsx'
import { useEvent } from '../../api/queries/useEvent.ts'
import classes from './simulate.module.css'
import text from '../../ui/text.module.css'

export function DrillEvent({ raised }: { raised: Event }) {
  const { t } = useTranslation()
  const event = useEvent(raised.id).event ?? raised
  return (
    <li className={classes.event} data-testid="drill-event" data-status={event.status}>
      <SeverityBadge event={event} />
      <div className={classes.eventTitle}>
        <Link to={`${EVENTS}/${event.id}`}>{event.title}</Link>
        <span className={text.note}>{t('simulate.byRule', { rule: event.rule_name })}</span>
      </div>
      <RelativeTime time={event.detected_at} className={text.note} />
      <StatusBadge status={event.status} />
    </li>
  )
}
