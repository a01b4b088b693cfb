import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Series } from '../../../shared/schemas/series.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import { client } from '../../api/client.ts'
import type { SeriesRef } from './chartedSeries.ts'

/** As many as one answer holds; a name that is part of so many others is not met. */
const MAX_SERIES = 1000

/** The unit of a series, also of one that the list doesn't show. */
export const useUnit = (series: SeriesRef): string | null => findUnit(useQuery(unitQuery(series)).data, series)

export const unitQuery = ({ source, metricType }: SeriesRef) =>
  queryOptions({
    queryKey: ['unit', source, metricType],
    queryFn: () => client.listSeries({ query: { source, metric_type: metricType, limit: MAX_SERIES } }),
    staleTime: Infinity,
  })

/** Until the series is found, what its name says. */
export function findUnit(found: readonly Series[] | undefined, { source, metricType }: SeriesRef): string | null {
  const series = found?.find((each) => each.source === source && each.metric_type === metricType)
  return series ? series.unit : unitOf(metricType)
}
