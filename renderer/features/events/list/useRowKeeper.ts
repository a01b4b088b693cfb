import { useWindowEvent } from '@mantine/hooks'
import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { createRowKeeper } from './rowKeeper.ts'

/** @param busy whether somebody is in the list */
export function useRowKeeper(busy: boolean) {
  const [keeper] = useState(createRowKeeper)
  const above = useSyncExternalStore(keeper.subscribe, keeper.above)
  useLayoutEffect(() => keeper.keep(busy))
  useWindowEvent('resize', keeper.remeasure)
  return { ...keeper, above }
}
