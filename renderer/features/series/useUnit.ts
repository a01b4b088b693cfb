import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Series } from '../../../shared/schemas/series.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import { client } from '../../api/client.ts'
import { MAX_SERIES } from '../../api/queries/useSeriesCount.ts'
import type { SeriesRef } from './chartedSeries.ts'

/** The unit of a series, also of one that the list doesn't show. If its name is part of too many others, it isn't found. */
export const useUnit = (series: SeriesRef): string | null => findUnit(useQuery(unitQuery(series)).data, series)

export const unitQuery = ({ source, metricType }: SeriesRef) =>
  queryOptions({
    queryKey: ['unit', source, metricType],
    queryFn: () => client.listSeries({ query: { source, metric_type: metricType, limit: MAX_SERIES } }),
    staleTime: Infinity,
  })

/** Until the series is found, the unit is guessed from its name. */
export function findUnit(found: readonly Series[] | undefined, { source, metricType }: SeriesRef): string | null {
  const series = found?.find((each) => each.source === source && each.metric_type === metricType)
  return series ? series.unit : unitOf(metricType)
}
