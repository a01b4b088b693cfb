// For how long no sample has arrived of each series, as far as this process was awake to see it.
import { HOUR, SECOND } from '../../../../shared/domain/time.ts'
import type { SeriesCatalog, SeriesStatus } from '../../store/types/series.ts'

export interface Staleness {
  /** To be called every few seconds; notes which series have new samples since the last call. */
  update(now: number): void
  /** The time of the last update. */
  now(): number
  /** All real series, as of the last update. */
  all(): readonly SeriesStatus[]
  /** Milliseconds since the newest sample of a series arrived, or since its own time if it arrived before the start. */
  staleFor(series: SeriesStatus): number
  /** Milliseconds since the start, or since the machine last woke from sleep. */
  uptimeSinceWake(): number
}

/** After a start or a wake, a series is given its longest normal silence to send a sample, and at most this. */
export const MAX_GRACE = HOUR

/** Only a machine that slept, or a clock that was set, makes a pause this long between two updates. */
const LONG_PAUSE = 30 * SECOND

export function createStaleness(catalog: Pick<SeriesCatalog, 'all'>): Staleness {
  let series: readonly SeriesStatus[] = []
  /** By series. A sample counts by its arrival: the clock of its source may be wrong. */
  let lastSeen = new Map<number, { newestId: number; at: number }>()
  let now = -Infinity
  let awakeSince = -Infinity

  function see(each: SeriesStatus): void {
    const newestId = newestIdOf(each)
    const known = lastSeen.get(each.id)
    if (!known) lastSeen.set(each.id, { newestId, at: Math.min(each.lastTime, now) })
    else if (newestId > known.newestId || known.at > now) Object.assign(known, { newestId, at: now })
  }

  return {
    update(at) {
      if (at < now || at - now > LONG_PAUSE) awakeSince = at
      now = at
      series = catalog.all()
      series.forEach(see)
      if (lastSeen.size > series.length) lastSeen = new Map(series.map(({ id }) => [id, lastSeen.get(id)!]))
    },
    now: () => now,
    all: () => series,
    staleFor: ({ id }) => now - lastSeen.get(id)!.at,
    uptimeSinceWake: () => now - awakeSince,
  }
}

/** Of all its samples, late ones too: they aren't evaluated, but they arrived. */
export const newestIdOf = ({ lastSampleId, lastHeadId }: SeriesStatus): number => Math.max(lastSampleId, lastHeadId)
