import { useCallback, useMemo, useState } from 'react'
import type { Event } from '../../../../shared/schemas/event.ts'
import { meantBy, rowsOf } from './incidents.ts'
import type { Section } from './sections.ts'

/** The rows of a list, and which of its incidents are unfolded. */
export function useIncidents(sections: readonly Section[]) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
  const toggle = useCallback(
    (id: number) => setUnfolded((ids) => new Set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id])),
    [],
  )
  const parts = useMemo(
    () => sections.map(({ kind, events }) => ({ kind, rows: rowsOf(events, unfolded) })),
    [sections, unfolded],
  )
  /** Those of which a row is seen. */
  const visible = useMemo(
    (): Section[] => parts.map(({ kind, rows }) => ({ kind, events: rows.map(({ event }) => event) })),
    [parts],
  )
  const meant = (event: Event): readonly Event[] => {
    const row = parts.flatMap(({ rows }) => rows).find((each) => each.event.id === event.id)
    return row ? meantBy(row) : [event]
  }
  return { parts, visible, meant, toggle }
}
