// Which event is selected: the one whose link has, or last had, the focus. Keys move it.
import { useMemo, useState } from 'react'
import type { Shortcuts } from '../../../ui/useShortcuts.ts'
import type { Section } from './sections.ts'

/** The id of the element that stands for an event in the list. */
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
  // One that went to another section, as by being acknowledged, is left behind: the keys go on where it was.
  const index = rows.findIndex(({ kind, event }) => event.id === position?.id && kind === position.kind)
  if (index >= 0 && index !== lastIndex) setLastIndex(index)

  const move = (by: 1 | -1) => () => {
    // Where the selected one is gone, the next has taken its place.
    const from = index >= 0 ? index : lastIndex - (by === 1 ? 1 : 0)
    const target = rows[Math.min(Math.max(from + by, 0), rows.length - 1)]
    if (target) document.getElementById(linkId(target.event.id))?.focus()
  }
  const keys: Shortcuts = { j: move(1), ArrowDown: move(1), k: move(-1), ArrowUp: move(-1) }
  return { selected: rows[index]?.event, first: rows[0]?.event, select: setPosition, keys }
}
