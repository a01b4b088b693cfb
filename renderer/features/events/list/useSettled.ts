import { useState } from 'react'
import { useLive } from '../../../api/live.ts'
import { hold, type Section } from './sections.ts'

/** The arrangement to show: the newest, or, while somebody is in the list, one in which nothing moves. */
export function useSettled(
  next: readonly Section[],
  busy: boolean,
  isOwnDoing: (id: number) => boolean,
): readonly Section[] {
  const changes = useLive((live) => live.changes)
  const [shown, setShown] = useState(next)
  const wanted = busy ? hold(shown, next, { newest: (id) => changes.get(id)?.event, isOwnDoing }) : next
  if (wanted !== shown) setShown(wanted)
  return wanted
}
