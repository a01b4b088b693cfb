// The value of now of a live event: stored is only that of its newest anomaly, since normal samples write nothing.
import { isCounter } from '../../../shared/domain/counters.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { SeriesCatalog } from '../store/types/series.ts'

type Valued = Pick<StoredEvent, 'series_id' | 'status' | 'metric_type' | 'current_value'>

export type PresentValue = <E extends Valued>(event: E) => E

/** A counter is evaluated as a rate: of it, the newest anomaly's stays. */
export const createPresentValue =
  (series: Pick<SeriesCatalog, 'lastValue'>): PresentValue =>
  (event) => {
    if (!isLive(event) || isCounter(event.metric_type)) return event
    return { ...event, current_value: series.lastValue(event.series_id) ?? event.current_value }
  }
