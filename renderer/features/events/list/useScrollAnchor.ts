import { useWindowEvent } from '@mantine/hooks'
import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { createScrollAnchor } from './scrollAnchor.ts'

/** @param isInteracting whether the pointer or the focus is in the list */
export function useScrollAnchor(isInteracting: boolean) {
  const [anchor] = useState(createScrollAnchor)
  const above = useSyncExternalStore(anchor.subscribe, anchor.above)
  useLayoutEffect(() => anchor.restore(isInteracting))
  useWindowEvent('resize', anchor.remeasure)
  return { ...anchor, above }
}
