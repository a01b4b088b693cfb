// Since when each series is silent, as far as somebody was there to hear it.
import type { SeriesCatalog, SeriesNews } from '../store/store.ts'

export interface Hearing {
  /** To be called every few seconds; takes in what came since the last time. */
  listen(now: number): void
  /** All real series, as of the last `listen`. */
  all(): readonly SeriesNews[]
  /** Milliseconds since the newest sample of a series came, or since its own time where it came before the start. */
  silenceOf(series: SeriesNews): number
  /** Milliseconds since the start, or since the machine last woke from its sleep. */
  awake(): number
}

/** A pause between two listenings that only a machine asleep makes, or a clock that was set. */
const LONG_PAUSE = 30_000

export function createHearing(catalog: Pick<SeriesCatalog, 'all'>): Hearing {
  let series: readonly SeriesNews[] = []
  /** By series. A sample counts by its arrival: the clock of its source may be wrong. */
  let heard = new Map<number, { newestId: number; at: number }>()
  let now = -Infinity
  let awakeSince = -Infinity

  function hear(each: SeriesNews): void {
    const newestId = newestIdOf(each)
    const known = heard.get(each.id)
    if (!known) heard.set(each.id, { newestId, at: Math.min(each.lastTime, now) })
    else if (newestId > known.newestId || known.at > now) Object.assign(known, { newestId, at: now })
  }

  return {
    listen(at) {
      if (at < now || at - now > LONG_PAUSE) awakeSince = at
      now = at
      series = catalog.all()
      series.forEach(hear)
      if (heard.size > series.length) heard = new Map(series.map(({ id }) => [id, heard.get(id)!]))
    },
    all: () => series,
    silenceOf: ({ id }) => now - heard.get(id)!.at,
    awake: () => now - awakeSince,
  }
}

/** Of all its samples, late ones too: they aren't judged, but they came. */
export const newestIdOf = ({ lastSampleId, lastHotId }: SeriesNews): number => Math.max(lastSampleId, lastHotId)
