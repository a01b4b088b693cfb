import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { EventWithTimeline } from '../../../../shared/schemas/event.ts'
import { ActionBar } from '../../event-parts/ActionBar.tsx'
import { ActionDialog } from '../../event-parts/ActionDialog.tsx'
import { DrillTag } from '../../event-parts/DrillTag.tsx'
import { FlappingTag } from '../../event-parts/FlappingTag.tsx'
import { KeysDialog } from '../../event-parts/KeysDialog.tsx'
import { SeverityBadge } from '../../event-parts/SeverityBadge.tsx'
import { SilencedTag } from '../../event-parts/SilencedTag.tsx'
import { Since } from '../../../ui/Since.tsx'
import { StatusBadge } from '../../event-parts/StatusBadge.tsx'
import { useBand } from '../../event-parts/useBand.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { useIntent } from '../../event-parts/useIntent.ts'
import { useKeys } from '../../../ui/useKeys.ts'
import { EventChart } from './EventChart.tsx'
import classes from './event.module.css'
import { Facts } from '../../event-parts/Facts.tsx'
import { Proposal } from './Proposal.tsx'
import { QuietActions } from './QuietActions.tsx'
import { SaveBundle } from '../../bundle/SaveBundle.tsx'
import { Timeline } from '../../event-parts/Timeline.tsx'
import { Why } from './Why.tsx'

export function EventDetail({ event }: { event: EventWithTimeline }) {
  const { t } = useTranslation()
  const { intent, setIntent, close, keys } = useIntent(event)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useKeys({ ...keys, '?': showKeys })

  return (
    <article className={classes.detail} aria-label={t('event.numbered', { id: event.id })} data-testid="event">
      <header
        className={classes.head}
        data-severity={event.severity}
        data-open={(event.status === 'OPEN' && !event.silenced_by) || undefined}
      >
        <div className={classes.badges}>
          <SeverityBadge event={event} />
          <StatusBadge status={event.status} />
          {event.drill && <DrillTag />}
          {event.flapping && <FlappingTag />}
          <SilencedTag event={event} />
          <span className={classes.quiet}>
            {t('event.numbered', { id: event.id })} · <Since time={event.detected_at} />
          </span>
        </div>
        <h1 className={classes.title}>{event.title}</h1>
        <p className={classes.why}>{event.description}</p>
        <div className={classes.actions}>
          <ActionBar event={event} begin={setIntent} />
          <QuietActions event={event} />
          <SaveBundle id={event.id} />
        </div>
        <Value event={event} />
      </header>
      {event.status === 'FALSE_POSITIVE' && <Proposal key={event.id} event={event} />}
      <Why key={event.id} event={event} />
      <EventChart event={event} />
      <div className={classes.timeline}>
        <Timeline event={event} />
      </div>
      <div className={classes.facts}>
        <Facts event={event} />
      </div>
      <ActionDialog intent={intent && { ...intent, events: [event] }} close={close} />
      <KeysDialog opened={keysShown} close={hideKeys} />
    </article>
  )
}

function Value({ event }: { event: EventWithTimeline }) {
  const format = useFormat()
  const band = useBand()
  return (
    <p className={classes.value}>
      <strong>{format.value(event.value, event.unit)}</strong>
      <span className={classes.quiet}>{band(event)}</span>
    </p>
  )
}
