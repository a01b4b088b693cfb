import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { parseEventFilter, eventSearchParams, type EventFilter } from './eventFilter.ts'

/** The filter in the URL; any change but of the page goes back to the first page. */
export function useEventFilter() {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => parseEventFilter(search), [search])
  const change = (part: Partial<EventFilter>) =>
    setSearch((current) => eventSearchParams({ ...parseEventFilter(current), offset: 0, ...part }), {
      replace: !('offset' in part),
    })
  return { filter, change }
}
