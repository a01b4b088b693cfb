// The firing events, most severe first, with the rows and shortcuts of the Events page.
import { useDisclosure } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'
import { ActionDialog } from '../event-parts/ActionDialog.tsx'
import { ShortcutsDialog } from '../event-parts/ShortcutsDialog.tsx'
import { usePendingAction } from '../event-parts/usePendingAction.ts'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import { EventRows } from '../events/list/EventRows.tsx'
import { eventsOfRow, incidentRows } from '../events/list/incidentRows.ts'
import type { Section } from '../events/list/sections.ts'
import { useIsInteracting } from '../events/list/useIsInteracting.ts'
import { useIncidentRows } from '../events/list/useIncidentRows.ts'
import { useSelection } from '../events/list/useSelection.ts'
import { useStableOrder } from '../events/list/useStableOrder.ts'
import classes from './summary.module.css'

interface Props {
  /** Newest first. */
  events: readonly Event[]
  /** There are more than these. */
  more: boolean
}

/** More rows would push everything else off the page. */
const MAX_SHOWN = 4

export function FiringEvents({ events, more }: Props) {
  const { t } = useTranslation()
  const sections = useMemo((): Section[] => [{ kind: 'firing', events: mostSevere(events) }], [events])
  const hidden = events.length - sections[0]!.events.length
  const { isInteracting, handlers } = useIsInteracting()
  const [actedOn, setActedOn] = useState<ReadonlySet<number>>(new Set())
  const shown = useStableOrder(sections, isInteracting, (id) => actedOn.has(id))
  const { parts, visible, affected, toggle } = useIncidentRows(shown)
  const { selected, first, select, keys } = useSelection(visible)
  const { pending, setPending, close, keys: actionKeys } = usePendingAction(selected ?? first)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useShortcuts({ ...keys, ...actionKeys, '?': showKeys })
  const rows = parts.flatMap(({ rows }) => rows)
  return (
    <section aria-label={t('events.section.firing')} {...handlers}>
      {rows.length > 0 && (
        <EventRows
          kind="firing"
          rows={rows}
          toggle={toggle}
          selectedId={selected?.id}
          select={(id) => select({ id, kind: 'firing' })}
          start={setPending}
          className={classes.firing}
        />
      )}
      {hidden > 0 && (
        <Link to={EVENTS} className={classes.allFiring}>
          {t(more ? 'summary.manyFiring' : 'summary.allFiring', { count: hidden })}
        </Link>
      )}
      <ActionDialog
        pending={pending && { ...pending, events: affected(pending.event) }}
        close={close}
        done={({ id }) => setActedOn((ids) => new Set([...ids, id]))}
      />
      <ShortcutsDialog opened={keysShown} close={hideKeys} hasList />
    </section>
  )
}

const rank = ({ severity }: Event) => SEVERITIES.indexOf(severity)

/** The events of the most severe incidents. Drills never displace real events. */
const mostSevere = (events: readonly Event[]): Event[] =>
  incidentRows(events, new Set())
    .toSorted(({ event: one }, { event: other }) => Number(one.drill) - Number(other.drill) || rank(other) - rank(one))
    .slice(0, MAX_SHOWN)
    .flatMap(eventsOfRow)
