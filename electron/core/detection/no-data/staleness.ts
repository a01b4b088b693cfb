// Since when each series is silent, as far as somebody was there to hear it.
import type { SeriesCatalog, SeriesStatus } from '../../store/types/series.ts'

export interface Staleness {
  /** To be called every few seconds; takes in what came since the last time. */
  update(now: number): void
  /** All real series, as of the last `listen`. */
  all(): readonly SeriesStatus[]
  /** Milliseconds since the newest sample of a series came, or since its own time where it came before the start. */
  staleFor(series: SeriesStatus): number
  /** Milliseconds since the start, or since the machine last woke from its sleep. */
  uptimeSinceWake(): number
}

/** A pause between two listenings that only a machine asleep makes, or a clock that was set. */
const LONG_PAUSE = 30_000

export function createStaleness(catalog: Pick<SeriesCatalog, 'all'>): Staleness {
  let series: readonly SeriesStatus[] = []
  /** By series. A sample counts by its arrival: the clock of its source may be wrong. */
  let heard = new Map<number, { newestId: number; at: number }>()
  let now = -Infinity
  let awakeSince = -Infinity

  function hear(each: SeriesStatus): void {
    const newestId = newestIdOf(each)
    const known = heard.get(each.id)
    if (!known) heard.set(each.id, { newestId, at: Math.min(each.lastTime, now) })
    else if (newestId > known.newestId || known.at > now) Object.assign(known, { newestId, at: now })
  }

  return {
    update(at) {
      if (at < now || at - now > LONG_PAUSE) awakeSince = at
      now = at
      series = catalog.all()
      series.forEach(hear)
      if (heard.size > series.length) heard = new Map(series.map(({ id }) => [id, heard.get(id)!]))
    },
    all: () => series,
    staleFor: ({ id }) => now - heard.get(id)!.at,
    uptimeSinceWake: () => now - awakeSince,
  }
}

/** Of all its samples, late ones too: they aren't judged, but they came. */
export const newestIdOf = ({ lastSampleId, lastHeadId: lastHotId }: SeriesStatus): number =>
  Math.max(lastSampleId, lastHotId)
