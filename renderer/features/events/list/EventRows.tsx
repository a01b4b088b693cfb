// The rows of one section of events.
import type { PendingAction } from '../../event-parts/actions.ts'
import { EventRow } from './EventRow.tsx'
import classes from './events.module.css'
import type { IncidentRow } from './incidentRows.ts'
import type { Section } from './sections.ts'

export interface EventRowsProps {
  kind: Section['kind']
  rows: readonly IncidentRow[]
  toggle: (incidentId: number) => void
  selectedId: number | undefined
  select: (id: number) => void
  start: (pending: PendingAction) => void
  className?: string | undefined
}

export function EventRows({ kind, rows, toggle, selectedId, select, start, className = '' }: EventRowsProps) {
  return (
    <ol className={`${classes.rows} ${className}`} data-kind={kind}>
      {rows.map(({ event, others, expanded, nested }) => (
        <EventRow
          key={event.id}
          event={event}
          nested={nested}
          others={others}
          expanded={expanded}
          toggle={toggle}
          large={kind === 'firing'}
          selected={event.id === selectedId}
          select={select}
          start={start}
        />
      ))}
    </ol>
  )
}
