import { useIdle } from '@mantine/hooks'
import { useState, type FocusEvent } from 'react'

/** After this time without movement, the user is away. */
const IDLE_AFTER_MS = 10_000

/** Whether the pointer or the focus is in an element, which needs the `handlers`. */
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
