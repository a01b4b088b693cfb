import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { onsetOf } from '../../../../shared/domain/onset.ts'
import type { Event, EventDetail as EventWithDetails } from '../../../../shared/schemas/event.ts'
import { ActionBar } from '../../event-parts/ActionBar.tsx'
import { actionsOnPage } from '../../event-parts/actions.ts'
import { ActionDialog } from '../../event-parts/ActionDialog.tsx'
import { DrillTag } from '../../event-parts/DrillTag.tsx'
import { FlappingTag } from '../../event-parts/FlappingTag.tsx'
import { ShortcutsDialog } from '../../event-parts/ShortcutsDialog.tsx'
import { SeverityBadge } from '../../event-parts/SeverityBadge.tsx'
import { SilencedTag } from '../../event-parts/SilencedTag.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { StatusBadge } from '../../event-parts/StatusBadge.tsx'
import { EventPresent, presentValue } from '../../event-parts/EventPresent.tsx'
import { useBandText } from '../../event-parts/useBandText.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { usePendingAction } from '../../event-parts/usePendingAction.ts'
import { useShortcuts } from '../../../ui/useShortcuts.ts'
import { EventChart } from './EventChart.tsx'
import classes from './event.module.css'
import { Facts } from '../../event-parts/Facts.tsx'
import { Proposal } from './Proposal.tsx'
import { SilenceActions } from './SilenceActions.tsx'
import { SaveBundle } from '../../bundle/SaveBundle.tsx'
import { Timeline } from '../../event-parts/Timeline.tsx'
import { Why } from './Why.tsx'
import text from '../../../ui/text.module.css'
import card from '../../../ui/card.module.css'

export function EventDetail({ event }: { event: EventWithDetails }) {
  const { t } = useTranslation()
  const actions = actionsOnPage(event)
  const { pending, setPending, close, keys } = usePendingAction(event, actions)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useShortcuts({ ...keys, '?': showKeys })

  return (
    <article className={classes.detail} aria-label={t('event.numbered', { id: event.id })} data-testid="event">
      <header
        className={`${card.card} ${classes.head}`}
        data-severity={event.severity}
        data-open={(event.status === 'OPEN' && !event.silenced_by) || undefined}
      >
        <div className={classes.badges}>
          <SeverityBadge event={event} />
          <StatusBadge status={event.status} />
          {event.drill && <DrillTag />}
          {event.flapping && <FlappingTag />}
          <SilencedTag event={event} />
          <span className={text.muted}>
            {t('event.numbered', { id: event.id })} · <RelativeTime time={onsetOf(event)} />
          </span>
        </div>
        <h1 className={classes.title}>{event.title}</h1>
        <EventPresent event={event} className={classes.present} />
        <p className={classes.why}>{event.description}</p>
        <div className={classes.actions}>
          <ActionBar event={event} start={setPending} actions={actions} />
          <SilenceActions event={event} />
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
      <ActionDialog pending={pending && { ...pending, events: [event] }} close={close} />
      <ShortcutsDialog opened={keysShown} close={hideKeys} />
    </article>
  )
}

function Value({ event }: { event: Event }) {
  const format = useFormat()
  const band = useBandText()
  return (
    <p className={classes.value}>
      <strong>{format.value(presentValue(event), event.unit)}</strong>
      <span className={text.muted}>{band(event)}</span>
    </p>
  )
}
