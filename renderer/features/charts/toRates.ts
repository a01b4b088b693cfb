// A counter as it is judged: by how much it rises per second. What a counter shows by itself is a line that goes up.
import type { Point } from './readSamples.ts'

/**
 * @param points of a counter, in order of time
 * @returns one less: what each has risen since the one before; after a fall, which is a reset, it counts from 0 again
 */
export function toRates(points: readonly Point[]): Point[] {
  return points.flatMap(({ id, x, y }, index) => {
    const before = points[index - 1]
    if (!before || x <= before.x) return []
    const risen = y < before.y ? y : y - before.y
    return [{ id, x, y: (risen * 1000) / (x - before.x) }]
  })
}
