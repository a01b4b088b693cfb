// What rings now, the worst first, with the same rows and keys as on the Events screen.
import { useDisclosure } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'
import { ActionDialog } from '../event-parts/ActionDialog.tsx'
import { KeysDialog } from '../event-parts/KeysDialog.tsx'
import { useIntent } from '../event-parts/useIntent.ts'
import { useKeys } from '../../ui/useKeys.ts'
import { EventRow } from '../events/list/EventRow.tsx'
import eventsClasses from '../events/list/events.module.css'
import { meantBy, rowsOf } from '../events/list/incidents.ts'
import type { Section } from '../events/list/sections.ts'
import { useBusy } from '../events/list/useBusy.ts'
import { useIncidents } from '../events/list/useIncidents.ts'
import { useSelection } from '../events/list/useSelection.ts'
import { useSettled } from '../events/list/useSettled.ts'
import classes from './summary.module.css'

interface Props {
  /** Newest first. */
  events: readonly Event[]
  /** There are others beside them. */
  more: boolean
}

/** More would push everything else off the page. */
const SHOWN = 4

export function Ringing({ events, more }: Props) {
  const { t } = useTranslation()
  const sections = useMemo((): Section[] => [{ kind: 'ringing', events: worst(events) }], [events])
  const hidden = events.length - sections[0]!.events.length
  const { busy, handlers } = useBusy()
  const [acted, setActed] = useState<ReadonlySet<number>>(new Set())
  const shown = useSettled(sections, busy, (id) => acted.has(id))
  const { parts, visible, meant, toggle } = useIncidents(shown)
  const { selected, first, select, keys } = useSelection(visible)
  const { intent, setIntent, close, keys: actionKeys } = useIntent(selected ?? first)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useKeys({ ...keys, ...actionKeys, '?': showKeys })
  const rows = parts.flatMap(({ rows }) => rows)
  return (
    <section aria-label={t('events.section.ringing')} {...handlers}>
      {rows.length > 0 && (
        <ol className={`${eventsClasses.rows} ${classes.ringing}`} data-kind="ringing">
          {rows.map(({ event, others, unfolded, within }) => (
            <EventRow
              key={event.id}
              event={event}
              within={within}
              more={others.length}
              unfolded={unfolded}
              toggle={toggle}
              big
              selected={event.id === selected?.id}
              select={(id) => select({ id, kind: 'ringing' })}
              begin={setIntent}
            />
          ))}
        </ol>
      )}
      {hidden > 0 && (
        <Link to={EVENTS} className={classes.allRinging}>
          {t(more ? 'summary.manyRinging' : 'summary.allRinging', { count: hidden })}
        </Link>
      )}
      <ActionDialog
        intent={intent && { ...intent, events: meant(intent.event) }}
        close={close}
        done={({ id }) => setActed((ids) => new Set([...ids, id]))}
      />
      <KeysDialog opened={keysShown} close={hideKeys} withList />
    </section>
  )
}

const rank = ({ severity }: Event) => SEVERITIES.indexOf(severity)

/** The events of the worst incidents. Drills never push out what is real. */
const worst = (events: readonly Event[]): Event[] =>
  rowsOf(events, new Set())
    .toSorted(({ event: one }, { event: other }) => Number(one.drill) - Number(other.drill) || rank(other) - rank(one))
    .slice(0, SHOWN)
    .flatMap(meantBy)
