// The catalog of series, and how many there may be.
import type { Series } from '../../../../shared/schemas/series.ts'
import type { Settings } from '../../../../shared/schemas/settings.ts'
import type { NewSample } from './samples.ts'

interface SeriesFilter {
  source?: string | undefined
  metricType?: string | undefined
  /** Only series whose newest sample is older than this. */
  seenBefore?: number | undefined
  limit: number
  offset: number
}

/** A series as of now. */
export interface SeriesStatus {
  id: number
  source: string
  metricType: string
  /** Time and id of its newest sample, late ones left out. */
  lastTime: number
  lastSampleId: number
  /** Its newest sample that is not compacted yet, late or not; 0 if there is none. */
  lastHeadId: number
}

/** How many series there may be; those of drills count too. */
export type SeriesLimits = Pick<Settings, 'max_series' | 'max_series_per_source'>

export interface LimitExceeded {
  /** The first sample that has no room. */
  index: number
  limit: 'series' | 'series_of_source'
  /** So many there may be. */
  most: number
}

export interface SeriesCatalog {
  /** Real series, ordered by source and metric type; both texts match anywhere in the name, in any case, literally. */
  list(filter: SeriesFilter): Series[]
  /** Series of exactly this source; `metricType` in any case; `drill` picks shadows or real ones, both if left out. */
  ofSource(
    source: string,
    filter?: { metricType?: string | undefined; drill?: boolean | undefined },
  ): { id: number; metricType: string; drill: boolean; unit: string | null }[]
  /** All real series, in the order of source and metric type. */
  all(): SeriesStatus[]
  /** Whether the series that these samples would make have room; undefined if they have. */
  exceeded(
    samples: readonly Pick<NewSample, 'source' | 'metricType' | 'drill'>[],
    limits: SeriesLimits,
  ): LimitExceeded | undefined
  /** The real series of exactly this name. */
  find(source: string, metricType: string): { id: number; unit: string | null } | undefined
}
