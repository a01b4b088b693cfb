// The limits on the number of series. Each series takes memory and a row as long as its history is kept, so a program
// that invents names has to be stopped.
import type { NewSample } from '../types/samples.ts'
import type { SeriesCatalog, LimitExceeded } from '../types/series.ts'

/** The part of the catalog that is needed here. */
interface Heads {
  /** The number of series that have samples; only these count. */
  active(): number
  /** An upper bound for the number of series of any source. */
  mostOfSource(): number
  /** Of exactly this source. */
  activeOf(source: string, drill: boolean): number
  findActive(source: string, metricType: string, drill: boolean): object | undefined
}

/** Far from the limits, which is nearly always, it only compares two numbers. */
export function createSeriesLimits(heads: Heads): SeriesCatalog['exceeded'] {
  return (samples, limits) => {
    const most = { all: limits.max_series, ofSource: limits.max_series_per_source }
    const isFar = heads.active() + samples.length <= most.all && heads.mostOfSource() + samples.length <= most.ofSource
    return isFar ? undefined : limitExceededBy(samples, most)
  }

  function limitExceededBy(samples: Samples, most: { all: number; ofSource: number }): LimitExceeded | undefined {
    const fresh = new Set<string>()
    const freshOfSource = new Map<string, number>()
    for (const [index, { source: itsSource, metricType: itsMetricType, drill }] of samples.entries()) {
      const [source, metricType] = [itsSource.toWellFormed(), itsMetricType.toWellFormed()]
      const name = JSON.stringify([source, metricType, drill])
      if (fresh.has(name) || heads.findActive(source, metricType, drill)) continue
      const key = JSON.stringify([source, drill])
      const count = (freshOfSource.get(key) ?? 0) + 1
      fresh.add(name)
      freshOfSource.set(key, count)
      if (heads.activeOf(source, drill) + count > most.ofSource)
        return { index, limit: 'series_of_source', most: most.ofSource }
      if (heads.active() + fresh.size > most.all) return { index, limit: 'series', most: most.all }
    }
    return undefined
  }
}

type Samples = readonly Pick<NewSample, 'source' | 'metricType' | 'drill'>[]
