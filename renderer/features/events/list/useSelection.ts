// The selected event: the one whose link has, or last had, the focus. Shortcuts move the selection.
import { useMemo, useState } from 'react'
import type { Shortcuts } from '../../../ui/useShortcuts.ts'
import type { Section } from './sections.ts'

/** The DOM id of an event's link in the list. */
export const linkId = (id: number) => `event-${id}`

interface Position {
  id: number
  kind: Section['kind']
}

export function useSelection(sections: readonly Section[]) {
  const rows = useMemo(
    () => sections.flatMap(({ kind, events }) => events.map((event) => ({ kind, event }))),
    [sections],
  )
  const [position, setPosition] = useState<Position>()
  const [lastIndex, setLastIndex] = useState(0)
  // An event that moved to another section, such as by an acknowledgement, loses the selection: shortcuts continue from its old position.
  const index = rows.findIndex(({ kind, event }) => event.id === position?.id && kind === position.kind)
  if (index >= 0 && index !== lastIndex) setLastIndex(index)

  const move = (by: 1 | -1) => () => {
    // If the selected event is gone, the next one is in its place.
    const from = index >= 0 ? index : lastIndex - (by === 1 ? 1 : 0)
    const target = rows[Math.min(Math.max(from + by, 0), rows.length - 1)]
    if (target) document.getElementById(linkId(target.event.id))?.focus()
  }
  const keys: Shortcuts = { j: move(1), ArrowDown: move(1), k: move(-1), ArrowUp: move(-1) }
  return { selected: rows[index]?.event, first: rows[0]?.event, select: setPosition, keys }
}
