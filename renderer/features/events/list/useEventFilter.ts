import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { filterOf, searchOf, type EventFilter } from './filter.ts'

/** The filter in the address; a change of anything but the page goes back to the first page. */
export function useEventFilter() {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => filterOf(search), [search])
  const change = (part: Partial<EventFilter>) =>
    setSearch((current) => searchOf({ ...filterOf(current), offset: 0, ...part }), { replace: !('offset' in part) })
  return { filter, change }
}
