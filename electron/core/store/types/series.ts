// The catalog of series, and the limits on their number.
import type { Series } from '../../../../shared/schemas/series.ts'
import type { Settings } from '../../../../shared/schemas/settings.ts'
import type { NewSample } from './samples.ts'

export interface SeriesFilter {
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
  /** The number of its samples. */
  count: number
  /** Its newest sample that is not compacted yet, late or not; 0 if there is none. */
  lastHeadId: number
}

/** The maximum number of series; those of drills count too. */
export type SeriesLimits = Pick<Settings, 'max_series' | 'max_series_per_source'>

export interface LimitExceeded {
  /** The index of the first sample above the limit. */
  index: number
  limit: 'series' | 'series_of_source'
  /** The value of the limit. */
  most: number
}

export interface SeriesCatalog {
  /** Real series, ordered by source and metric type; both filters match a part of the name, in any case, literally. */
  list(filter: SeriesFilter): Series[]
  /** Series of exactly this source; `metricType` in any case; `drill` selects drills or real ones, both if left out. */
  ofSource(
    source: string,
    filter?: { metricType?: string | undefined; drill?: boolean | undefined },
  ): { id: number; metricType: string; drill: boolean; unit: string | null }[]
  /** All real series, in the order of source and metric type. */
  all(): SeriesStatus[]
  /** The limit that the new series of these samples would exceed; undefined if none. */
  exceeded(
    samples: readonly Pick<NewSample, 'source' | 'metricType' | 'drill'>[],
    limits: SeriesLimits,
  ): LimitExceeded | undefined
  /** The value of the newest sample of a series, late ones left out. */
  lastValue(id: number): number | undefined
  /** The real series of exactly this name. */
  find(source: string, metricType: string): { id: number; unit: string | null } | undefined
}
