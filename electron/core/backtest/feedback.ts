// Feedback on a rule's past events.
import type { EventStore } from '../store/types/events.ts'
import type { FeedbackEvent } from './compare.ts'

/** Those that fired between two times, in milliseconds since 1970, by series. */
export function feedbackBySeries(events: Pick<EventStore, 'feedbackOfRule'>, ruleId: number, from: number, to: number) {
  const bySeries = new Map<number, FeedbackEvent[]>()
  for (const { series_id, began_at, last_seen_at, feedback } of events.feedbackOfRule(ruleId, from, to)) {
    const event = { from: began_at, to: last_seen_at, feedback }
    bySeries.set(series_id, [...(bySeries.get(series_id) ?? []), event])
  }
  return bySeries
}
