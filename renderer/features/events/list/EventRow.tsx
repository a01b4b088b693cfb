// One event in the list: large with its reason while it fires, otherwise one compact line.
import { memo, useState } from 'react'
import { onsetOf } from '../../../../shared/domain/onset.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import { ActionBar } from '../../event-parts/ActionBar.tsx'
import type { PendingAction } from '../../event-parts/actions.ts'
import { EventPresent } from '../../event-parts/EventPresent.tsx'
import { DrillTag } from '../../event-parts/DrillTag.tsx'
import { FlappingTag } from '../../event-parts/FlappingTag.tsx'
import { SeverityBadge } from '../../event-parts/SeverityBadge.tsx'
import { SilencedTag } from '../../event-parts/SilencedTag.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { StatusBadge } from '../../event-parts/StatusBadge.tsx'
import { useLive } from '../../../api/live.ts'
import { EventCount, EventLink, EventSeries, EventValue } from './EventRowParts.tsx'
import classes from './events.module.css'
import { IncidentToggle, type Incident } from './IncidentToggle.tsx'
import card from '../../../ui/card.module.css'

interface Props extends Incident {
  event: Event
  /** Whether it is nested below the first row of its incident. */
  nested: boolean
  large: boolean
  selected: boolean
  select: (id: number) => void
  start: (pending: PendingAction) => void
}

/** For this long, a new event slides in. */
const NEW_FOR_MS = 3000

export const EventRow = memo(function EventRow({ event, large, nested, selected, ...inside }: Props) {
  const [fresh] = useState(() => isFresh(event.id))
  const Inside = large ? LargeRow : CompactRow
  return (
    <li
      className={large ? `${card.surface} ${classes.large}` : classes.compact}
      data-event={event.id}
      data-testid="event-row"
      data-nested={nested || undefined}
      data-severity={event.severity}
      data-status={event.status}
      data-silenced={event.silenced_by ?? undefined}
      data-selected={selected || undefined}
      data-fresh={fresh || undefined}
    >
      <Inside event={event} {...inside} />
    </li>
  )
})

function isFresh(id: number): boolean {
  const received = useLive.getState().changes.get(id)
  return received?.raised === true && Date.now() - received.at < NEW_FOR_MS
}

type InsideProps = Omit<Props, 'large' | 'nested' | 'selected'>

const LargeRow = ({ event, select, start, ...incident }: InsideProps) => (
  <>
    <div className={classes.largeHead}>
      <SeverityBadge event={event} />
      {event.drill && <DrillTag />}
      {event.flapping && <FlappingTag />}
      <EventLink event={event} select={select} />
    </div>
    <EventValue event={event} />
    <EventPresent event={event} className={classes.why} />
    <p className={classes.reason}>{event.description}</p>
    <div className={classes.largeFacts}>
      <EventSeries event={event} />
      <RelativeTime time={onsetOf(event)} />
      <EventCount event={event} />
      <StatusBadge status={event.status} />
      <SilencedTag event={event} />
      <IncidentToggle event={event} {...incident} />
    </div>
    <div className={classes.largeActions}>
      <ActionBar event={event} start={start} />
    </div>
  </>
)

const CompactRow = ({ event, select, start, ...incident }: InsideProps) => (
  <>
    <SeverityBadge event={event} />
    <div className={classes.compactTitle}>
      <div className={classes.compactHead}>
        {event.drill && <DrillTag />}
        {event.flapping && <FlappingTag />}
        <SilencedTag event={event} />
        <EventLink event={event} select={select} />
      </div>
      <EventSeries event={event} /> <IncidentToggle event={event} {...incident} />
    </div>
    <EventValue event={event} />
    <RelativeTime time={onsetOf(event)} className={classes.since} />
    <EventCount event={event} />
    <StatusBadge status={event.status} />
    <ActionBar event={event} start={start} dense />
  </>
)
