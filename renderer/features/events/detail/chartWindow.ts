// The time range of the chart around an event. Times are milliseconds since 1970.
import { onsetOf } from '../../../../shared/domain/onset.ts'
import type { Span } from '../../charts/span.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import { MINUTE } from '../../../../shared/domain/time.ts'

/** In few steps, so that the chart of a growing event doesn't shift with every sample. */
const MARGINS = [15, 30, 60, 180].map((minutes) => minutes * MINUTE)
const MAX_MARGIN = 360 * MINUTE
/** The samples of a drill are within an hour. */
const DRILL_SPAN = 60 * MINUTE

/** The event with about half its length on both sides, between 15 minutes and six hours. */
export function chartWindow(event: Event, now: number): Span {
  const { last_seen_at, drill } = event
  const start = Date.parse(onsetOf(event))
  const end = Date.parse(last_seen_at)
  const margin = MARGINS.find((each) => each >= (end - start) / 2) ?? MAX_MARGIN
  return { from: start - (drill ? DRILL_SPAN : margin), to: Math.max(end, Math.min(now, end + margin)) }
}
