// Which event is selected: the one whose link has, or last had, the focus. Keys move it.
import { useState } from 'react'
import type { Event } from '../../../shared/schemas/event.ts'
import type { Keys } from '../../components/useKeys.ts'

/** The id of the element that stands for an event in the list. */
export const linkId = (id: number) => `event-${id}`

export function useSelection(events: readonly Event[]) {
  const [selectedId, select] = useState<number>()
  const [lastIndex, setLastIndex] = useState(0)
  const index = events.findIndex(({ id }) => id === selectedId)
  if (index >= 0 && index !== lastIndex) setLastIndex(index)

  const move = (by: 1 | -1) => () => {
    // Where the selected one is gone, the next has taken its place.
    const from = index >= 0 || selectedId === undefined ? index : lastIndex - (by === 1 ? 1 : 0)
    const target = events[Math.min(Math.max(from + by, 0), events.length - 1)]
    if (target) document.getElementById(linkId(target.id))?.focus()
  }
  const keys: Keys = { j: move(1), ArrowDown: move(1), k: move(-1), ArrowUp: move(-1) }
  return { selected: events[index], select, keys }
}
