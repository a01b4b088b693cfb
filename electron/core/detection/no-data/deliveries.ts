// How often the agents of buffered series deliver. What is known of those is kept over a restart: until the second delivery
// after it, every wait would look like an outage.
import type { SeriesStatus } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { Staleness } from './staleness.ts'

/** Setting: JSON, `[series, milliseconds][]`. */
const KEY = 'delivery_intervals'

/** Series remembered; of more, the oldest are forgotten. */
const MAX_REMEMBERED = 10_000

export interface Deliveries {
  /** Milliseconds from one delivery to the next; 0 if unknown, undefined if it has delivered only once so far. */
  interval(series: SeriesStatus): number | undefined
  /** Keeps the interval of a series that is only silent between its deliveries; 0 forgets it. */
  remember(series: SeriesStatus, interval: number): void
}

interface Deps {
  store: Pick<Store, 'settings' | 'transaction'>
  staleness: Pick<Staleness, 'deliveryInterval'>
}

export function createDeliveries({ store: { settings, transaction }, staleness }: Deps): Deliveries {
  const remembered = new Map(JSON.parse(settings.get(KEY) ?? '[]') as [series: number, interval: number][])
  return {
    interval(series) {
      const seen = staleness.deliveryInterval(series)
      return seen === 0 ? (remembered.get(series.id) ?? 0) : seen
    },
    remember({ id }, interval) {
      const before = remembered.get(id) ?? 0
      // Deliveries are never quite regular: only what changes the picture is written.
      if (Math.abs(interval - before) <= before / 2) return
      remembered.delete(id)
      if (interval > 0) remembered.set(id, interval)
      if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!)
      transaction(() => settings.set(KEY, JSON.stringify([...remembered])))
    },
  }
}
