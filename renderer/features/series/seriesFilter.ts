// The filter, the charted series and the time range in the URL.
import { normalizeSlots, type ChartSlots } from './chartedSeries.ts'

export const PAGE = 500

/** Minutes, up to ten years, the maximum retention. */
export const WINDOWS = [15, 60, 360, 1440, 10_080, 43_200, 129_600, 525_600, 5_256_000] as const
export type Minutes = (typeof WINDOWS)[number]

export interface SeriesFilter {
  /** Both match any part of the name. */
  source: string
  metricType: string
  offset: number
  drawn: ChartSlots
  minutes: Minutes
}

export function parseSeriesFilter(search: URLSearchParams): SeriesFilter {
  const offset = Number(search.get('offset'))
  return {
    source: search.get('source') ?? '',
    metricType: search.get('metric_type') ?? '',
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    drawn: drawnOf(search),
    minutes: WINDOWS.find((each) => each === Number(search.get('minutes'))) ?? 15,
  }
}

/** Leaves out the defaults. */
export function seriesSearchParams({ source, metricType, offset, drawn, minutes }: SeriesFilter): URLSearchParams {
  const search = new URLSearchParams()
  if (source) search.set('source', source)
  if (metricType) search.set('metric_type', metricType)
  if (offset > 0) search.set('offset', String(offset))
  for (const series of drawn) {
    search.append('series_source', series?.source ?? '')
    search.append('series', series?.metricType ?? '')
  }
  if (minutes !== 15) search.set('minutes', String(minutes))
  return search
}

/** The two names of each series are pairs in the order of their slots; an empty slot has two empty names. */
function drawnOf(search: URLSearchParams): ChartSlots {
  const metricTypes = search.getAll('series')
  return normalizeSlots(
    search.getAll('series_source').map((source, slot) => {
      const metricType = metricTypes[slot]
      return source && metricType ? { source, metricType } : undefined
    }),
  )
}
