// Which stretch of time a chart around an event shows. Times are milliseconds since 1970.
import type { Point } from '../../client/readSamples.ts'
import type { Event } from '../../../shared/schemas/event.ts'

export interface Span {
  from: number
  to: number
}

const MINUTE = 60_000
/** In few steps, so that a growing event doesn't move its chart's beginning with every sample. */
const MARGINS = [15, 30, 60, 180].map((minutes) => minutes * MINUTE)
const MOST_MARGIN = 360 * MINUTE
/** A drill's samples lie within an hour. */
const DRILL = 60 * MINUTE

/** The event with about half its length on both sides, a quarter of an hour at least and six hours at most. */
export function windowOf({ detected_at, last_seen_at, drill }: Event, now: number): Span {
  const start = Date.parse(detected_at)
  const end = Date.parse(last_seen_at)
  const margin = MARGINS.find((each) => each >= (end - start) / 2) ?? MOST_MARGIN
  return { from: start - (drill ? DRILL : margin), to: Math.max(end, Math.min(now, end + margin)) }
}

const LEAST_PADDING = 2000

/** Just what holds samples: a drill may be over in half a minute. */
export function around(points: readonly Point[], span: Span): Span {
  const first = points[0]?.x
  const last = points.at(-1)?.x
  if (first === undefined || last === undefined) return span
  const padding = Math.max(LEAST_PADDING, (last - first) * 0.05)
  return { from: first - padding, to: last + padding }
}
