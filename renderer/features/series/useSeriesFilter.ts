import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { parseSeriesFilter, seriesSearchParams, type SeriesFilter } from './seriesFilter.ts'

/** The filter in the URL. Selecting and paging add history entries; typing doesn't. */
export function useSeriesFilter() {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => parseSeriesFilter(search), [search])
  const change = (part: Partial<SeriesFilter>) =>
    setSearch((current) => seriesSearchParams({ ...parseSeriesFilter(current), ...part }), {
      replace: !('drawn' in part || 'offset' in part),
    })
  return { filter, change }
}
