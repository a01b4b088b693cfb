// The period of the totals in the URL. Not as `hours`, which the Events page reads as a filter.
import { useSearchParams } from 'react-router'

/** Hours. */
export const PERIODS = [1, 24, 168, 720] as const
export type Period = (typeof PERIODS)[number]

const DEFAULT_PERIOD: Period = 24

export function usePeriod() {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search.get('period'))
  const show = (next: Period) => setSearch(next === DEFAULT_PERIOD ? {} : { period: String(next) }, { replace: true })
  return { period, show }
}

/** A missing or invalid parameter gets the default. */
const periodOf = (text: string | null): Period => PERIODS.find((each) => String(each) === text) ?? DEFAULT_PERIOD
