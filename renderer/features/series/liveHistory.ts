// The query of a live chart.
import type { SeriesRef } from './chartedSeries.ts'
import type { Minutes } from './seriesFilter.ts'
import { MINUTE } from '../../../shared/domain/time.ts'

const REFETCH_MS = 3000
/** A long range changes slowly. */
const LONG_REFETCH_MS = 15_000
const MINUTES_PER_DAY = 1440

export const liveHistory = ({ source, metricType }: SeriesRef, minutes: Minutes, pixels: number) => ({
  source,
  metricType,
  chart: { pixels, maxSamples: pixels },
  span: () => {
    const to = Date.now()
    return { from: to - minutes * MINUTE, to }
  },
  spanKey: minutes,
  refetchMs: minutes <= MINUTES_PER_DAY ? REFETCH_MS : LONG_REFETCH_MS,
})
