import { useCallback, useMemo, useState } from 'react'
import type { Event } from '../../../../shared/schemas/event.ts'
import { eventsOfRow, incidentRows } from './incidentRows.ts'
import type { Section } from './sections.ts'

/** The rows of a list, and which incidents are expanded. */
export function useIncidentRows(sections: readonly Section[]) {
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set())
  const toggle = useCallback(
    (id: number) => setExpanded((ids) => new Set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id])),
    [],
  )
  const parts = useMemo(
    () => sections.map(({ kind, events }) => ({ kind, rows: incidentRows(events, expanded) })),
    [sections, expanded],
  )
  /** The events with a visible row. */
  const visible = useMemo(
    (): Section[] => parts.map(({ kind, rows }) => ({ kind, events: rows.map(({ event }) => event) })),
    [parts],
  )
  const affected = (event: Event): readonly Event[] => {
    const row = parts.flatMap(({ rows }) => rows).find((each) => each.event.id === event.id)
    return row ? eventsOfRow(row) : [event]
  }
  return { parts, visible, affected, toggle }
}
