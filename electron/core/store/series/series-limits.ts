// Whether new series have room. Each takes memory and a row for as long as its history is kept, so that a program that
// makes up names must come to an end somewhere.
import type { NewSample } from '../types/samples.ts'
import type { SeriesCatalog, LimitExceeded } from '../types/series.ts'

/** What of the catalogue counts here. */
interface Heads {
  /** Series that have samples; so have all that are meant here. */
  active(): number
  /** No source has more series than so many, or ever had. */
  mostOfSource(): number
  /** Of exactly this source. */
  activeOf(source: string, drill: boolean): number
  findActive(source: string, metricType: string, drill: boolean): object | undefined
}

/** If all is far from its limits, which is nearly always, it takes no time. */
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
