import { useState } from 'react'
import { useLive } from '../../../api/live.ts'
import { keepOrder, type Section } from './sections.ts'

/** The sections to show: the latest ones, or, during interaction, with rows in their places. */
export function useStableOrder(
  next: readonly Section[],
  isInteracting: boolean,
  isActedOn: (id: number) => boolean,
): readonly Section[] {
  const changes = useLive((live) => live.changes)
  const [shown, setShown] = useState(next)
  const wanted = isInteracting ? keepOrder(shown, next, { newest: (id) => changes.get(id)?.event, isActedOn }) : next
  if (wanted !== shown) setShown(wanted)
  return wanted
}
