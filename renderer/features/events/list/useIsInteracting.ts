import { useIdle } from '@mantine/hooks'
import { useState, type FocusEvent } from 'react'

/** A pointer that lies still for so long belongs to somebody who isn't there. */
const IDLE_AFTER_MS = 10_000

/** Whether somebody's pointer or selection is in an element; `handlers` go onto it. */
export function useIsInteracting() {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const idle = useIdle(IDLE_AFTER_MS, { initialState: false })
  const handlers = {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocused(currentTarget.contains(relatedTarget)),
  }
  return { isInteracting: (pointed || focused) && !idle, handlers }
}
