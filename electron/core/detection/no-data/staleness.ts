// For how long no sample has arrived of each series, and how often its agent delivers, as far as this process was awake to
// see it. A buffered agent reads every few seconds and delivers every few minutes.
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
  /**
   * Milliseconds from one delivery of a buffered series to the next, by the shorter of the last two, so that one outage
   * doesn't count; 0 if it isn't buffered, and undefined for a new series that has delivered only once.
   */
  deliveryInterval(series: SeriesStatus): number | undefined
  /** Whether a series has a sample that was taken after this time (by the clock of its source) and has arrived. */
  hasSampleAfter(series: SeriesStatus, time: number): boolean
  /** Milliseconds since the start, or since the machine last woke from sleep. */
  uptimeSinceWake(): number
}

/** After a start or a wake, a series is given its longest normal silence to send a sample, and at most this. */
export const MAX_GRACE = HOUR

/** Only a machine that slept, or a clock that was set, makes a pause this long between two updates. */
const LONG_PAUSE = 30 * SECOND

/** Posts that follow each other within this time are one delivery. */
const ONE_DELIVERY = 15 * SECOND

/** So many samples of a series at once were buffered by its agent; fewer arrive as they are read. */
const BUFFERED_SAMPLES = 3

/** What arrived of a series. A sample counts by its arrival: the clock of its source may be wrong. */
interface Arrivals {
  newestId: number
  count: number
  /** When the newest arrived. */
  at: number
  /** How far samples are behind when they arrive, the least so far: infinite before the first arrival. */
  lag: number
  /** The last two times between deliveries; 0 if unknown. */
  gap: number
  gapBefore: number
  /** When its first delivery arrived, if it came into being while this process ran; undefined once there was a second. */
  newSince: number | undefined
}

export function createStaleness(catalog: Pick<SeriesCatalog, 'all'>): Staleness {
  let series: readonly SeriesStatus[] = []
  let arrivals = new Map<number, Arrivals>()
  let now = -Infinity
  let awakeSince = -Infinity
  let isFirst = true

  function see(each: SeriesStatus): void {
    const newestId = newestIdOf(each)
    const known = arrivals.get(each.id)
    if (!known) arrivals.set(each.id, firstArrival(each, newestId))
    else if (newestId > known.newestId || known.at > now) arrive(known, each, newestId)
  }

  function firstArrival({ lastTime, count }: SeriesStatus, newestId: number): Arrivals {
    const lag = isFirst ? Infinity : Math.max(0, now - lastTime)
    return {
      newestId,
      count,
      at: Math.min(lastTime, now),
      lag,
      gap: 0,
      gapBefore: 0,
      newSince: isFirst ? undefined : now,
    }
  }

  function arrive(known: Arrivals, { lastTime, count }: SeriesStatus, newestId: number): void {
    const gap = now - known.at
    const isBuffered = count - known.count >= BUFFERED_SAMPLES
    if (!isBuffered) known.gap = known.gapBefore = 0
    // What arrived before the start counts by its own time, which says nothing about deliveries.
    else if (gap > ONE_DELIVERY && known.lag < Infinity) {
      known.gapBefore = known.gap || gap
      known.gap = gap
    }
    known.count = count
    if (known.newSince !== undefined && now - known.newSince > ONE_DELIVERY) known.newSince = undefined
    known.lag = Math.min(known.lag, Math.max(0, now - lastTime))
    known.newestId = newestId
    known.at = now
  }

  return {
    update(at) {
      if (at < now || at - now > LONG_PAUSE) awakeSince = at
      now = at
      series = catalog.all()
      series.forEach(see)
      if (arrivals.size > series.length) arrivals = new Map(series.map(({ id }) => [id, arrivals.get(id)!]))
      isFirst = false
    },
    now: () => now,
    all: () => series,
    staleFor: ({ id }) => now - arrivals.get(id)!.at,
    deliveryInterval({ id }) {
      const { gap, gapBefore, newSince } = arrivals.get(id)!
      return newSince === undefined ? Math.min(gap, gapBefore) : undefined
    },
    // A clock that was set back has not seen this time yet, so any sample will do.
    hasSampleAfter({ id, lastTime }, time) {
      const { lag } = arrivals.get(id)!
      return now < time || lastTime + (lag < Infinity ? lag : 0) > time
    },
    uptimeSinceWake: () => now - awakeSince,
  }
}

/** Of all its samples, late ones too: they aren't evaluated, but they arrived. */
export const newestIdOf = ({ lastSampleId, lastHeadId }: SeriesStatus): number => Math.max(lastSampleId, lastHeadId)
