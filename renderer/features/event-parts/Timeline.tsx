// The timeline of an event: who, when, what, and the comments.
import { useTranslation } from 'react-i18next'
import { SEVERITIES, type EventWithTimeline, type TimelineEntry } from '../../../shared/schemas/event.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Card } from '../../ui/Page.tsx'
import classes from './parts.module.css'
import text from '../../ui/text.module.css'

export function Timeline({ event }: { event: EventWithTimeline }) {
  const { t } = useTranslation()
  return (
    <Card title={t('event.timeline')}>
      <ol className={classes.timeline} data-testid="timeline">
        {event.timeline.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Card>
  )
}

function Entry({ entry: { at, kind, who, comment } }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const format = useFormat()
  // An escalation's comment names the severity that it rose to.
  const severity = kind === 'escalated' ? SEVERITIES.find((each) => each === comment) : undefined
  return (
    <li data-kind={kind}>
      <div>
        <strong>{t(`event.kind.${kind}`, { severity: severity ? t(`severity.${severity}`) : (comment ?? '') })}</strong>{' '}
        <span>{t('event.by', { who })}</span>
      </div>
      <div className={text.muted}>
        {format.instant(at)} · <RelativeTime time={at} />
      </div>
      {kind !== 'escalated' && comment && <blockquote className={classes.comment}>{comment}</blockquote>}
    </li>
  )
}
