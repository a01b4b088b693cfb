import { useQuery } from '@tanstack/react-query'
import { unitOf } from '../../../shared/units.ts'
import { client } from '../../client/client.ts'

/** As many as one answer holds; a name that is part of so many others is not met. */
const MOST = 1000

/** The unit of a series, also of one that the list doesn't show. */
export function useUnit(source: string, metricType: string): string | null {
  const { data } = useQuery({
    queryKey: ['unit', source, metricType],
    queryFn: () => client.listSeries({ query: { source, metric_type: metricType, limit: MOST } }),
    select: (found) => found.find((each) => each.source === source && each.metric_type === metricType),
    staleTime: Infinity,
  })
  return data ? data.unit : unitOf(metricType)
}
