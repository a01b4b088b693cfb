// The time range that a chart shows. Times are milliseconds since 1970.
import type { Point } from './readSamples.ts'

export interface Span {
  from: number
  to: number
}

const MIN_PADDING = 2000

/** The span of the samples themselves: a drill may take only half a minute. */
export function fitToPoints(points: readonly Point[], span: Span): Span {
  const first = points[0]?.x
  const last = points.at(-1)?.x
  if (first === undefined || last === undefined) return span
  const padding = Math.max(MIN_PADDING, (last - first) * 0.05)
  return { from: first - padding, to: last + padding }
}
