// What was ingested, read back: the newest samples of a source, the history of a series, and which series there are.
import { HOUR, SECOND } from '../../../shared/domain/time.ts'
import type { Series } from '../../../shared/schemas/series.ts'
import type { SampleOut } from '../../../shared/schemas/sample.ts'
import type { Clock } from '../platform/ports.ts'
import type { Point } from '../store/types/samples.ts'
import type { SeriesFilter } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'
import { MAX_AHEAD } from './posted-samples.ts'

/** The hours before a time in milliseconds since 1970, or before now if none is given. */
interface Span {
  hours: number
  until: number | undefined
}

interface NewestFilter extends Span {
  metricType: string | undefined
  /** Drills or real samples; both if undefined. */
  drill: boolean | undefined
  limit: number
}

interface ListFilter extends Omit<SeriesFilter, 'seenBefore'> {
  /** Only series without a sample for so long. */
  silentSeconds: number | undefined
}

export interface SampleHistory {
  /** Newest first. A span that ends now includes samples that are stamped ahead. */
  newest(source: string, filter: NewestFilter): SampleOut[]
  /** Oldest first, at most so many; none if there is no such series. */
  points(source: string, metricType: string, span: Span, most: number): Point[]
  /** Sorted by source and metric type. */
  series(filter: ListFilter): Series[]
}

interface Deps {
  store: Pick<Store, 'samples' | 'series'>
  clock: Clock
}

export function createSampleHistory({ store, clock }: Deps): SampleHistory {
  return {
    newest(source, { hours, until, metricType, drill, limit }) {
      const ids = store.series.ofSource(source, { metricType, drill }).map(({ id }) => id)
      const end = until ?? clock.now()
      return store.samples.newest(ids, end - hours * HOUR, until ?? end + MAX_AHEAD, limit)
    },
    points(source, metricType, { hours, until = clock.now() }, most) {
      const series = store.series.find(source, metricType)
      // The end is part of the span, so its beginning is not: that way slices of a minute are whole minutes.
      return series ? store.samples.range(series.id, until - hours * HOUR + 1, until, most) : []
    },
    series: ({ silentSeconds, ...filter }) =>
      store.series.list({ ...filter, seenBefore: silentSeconds && clock.now() - silentSeconds * SECOND }),
  }
}
