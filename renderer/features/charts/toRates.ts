// A counter as a rate per second, as detectors see it. The raw counter would only show a rising line.
import type { Point } from './readSamples.ts'

/**
 * @param points of a counter, in order of time
 * @returns one point less: the increase since the previous point; a decrease is a reset, which counts from 0
 */
export function toRates(points: readonly Point[]): Point[] {
  return points.flatMap(({ id, x, y }, index) => {
    const before = points[index - 1]
    if (!before || x <= before.x) return []
    const risen = y < before.y ? y : y - before.y
    return [{ id, x, y: (risen * 1000) / (x - before.x) }]
  })
}
