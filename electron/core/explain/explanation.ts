// Why an event fired, computed from stored data. It reads no clock and draws no random numbers, so the same data give the
// same words. After downsampling it says less.
import { toIso } from '../../../shared/domain/time.ts'
import type { Explanation, Facts } from '../../../shared/schemas/explanation.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'
import { beginningOf, earlierEvents, eventsAround, lasted } from './events.ts'
import { sentencesOf } from './sentences.ts'
import { hourBefore, seriesAround } from './series.ts'

type Stores = Pick<Store, 'events' | 'samples' | 'series'>

export function explain(store: Stores, event: StoredEvent): Explanation {
  const { lower, upper, history_count } = event
  const facts: Facts = {
    value: event.value,
    unit: event.unit,
    baseline: {
      lower,
      upper,
      level: lower === null || upper === null ? null : lower / 2 + upper / 2,
      samples: history_count,
    },
    hour_before: hourBefore(store.samples, event),
    method: event.method,
    figure: event.figure,
    score: event.score,
    began_at: toIso(beginningOf(event)),
    detected_at: event.detected_at,
    last_seen_at: event.last_seen_at,
    ended_at: event.resolved_at,
    lasted_seconds: lasted(event),
    occurrences: event.occurrences,
    peak_value: event.peak_value,
    events_around: eventsAround(store, event),
    series_around: seriesAround(store, event),
    earlier: earlierEvents(store, event),
  }
  return { event_id: event.id, ...sentencesOf(event, facts), facts }
}
