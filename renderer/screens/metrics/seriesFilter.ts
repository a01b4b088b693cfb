// Which series are asked for, which one is drawn and how far back: the address says it.

export const PAGE = 500

/** Minutes. */
export const WINDOWS = [15, 60, 360, 1440] as const
export type Minutes = (typeof WINDOWS)[number]

export interface SeriesFilter {
  /** Both are looked for anywhere in the name. */
  source: string
  metricType: string
  offset: number
  /** The series that is drawn. */
  picked: { source: string; metricType: string } | undefined
  minutes: Minutes
}

export function filterOf(search: URLSearchParams): SeriesFilter {
  const offset = Number(search.get('offset'))
  const source = search.get('series_source')
  const metricType = search.get('series')
  return {
    source: search.get('source') ?? '',
    metricType: search.get('metric_type') ?? '',
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    picked: source && metricType ? { source, metricType } : undefined,
    minutes: WINDOWS.find((each) => each === Number(search.get('minutes'))) ?? 15,
  }
}

/** Only what is not as usual. */
export function searchOf({ source, metricType, offset, picked, minutes }: SeriesFilter): URLSearchParams {
  const search = new URLSearchParams()
  if (source) search.set('source', source)
  if (metricType) search.set('metric_type', metricType)
  if (offset > 0) search.set('offset', String(offset))
  if (picked) {
    search.set('series_source', picked.source)
    search.set('series', picked.metricType)
  }
  if (minutes !== 15) search.set('minutes', String(minutes))
  return search
}
