// Statistics of the points on a chart.
import type { Point } from './readSamples.ts'
import { medianGap } from './buckets.ts'

export interface Statistics {
  /** How many samples. */
  count: number
  min: number
  max: number
  mean: number
  latest: number
}

export function computeStatistics(points: readonly Point[]): Statistics | undefined {
  const last = points.at(-1)
  if (!last) return undefined
  const all: Statistics = { count: 0, min: last.y, max: last.y, mean: 0, latest: last.latest ?? last.y }
  for (const { y, count = 1, min = y, max = y } of points) {
    all.count += count
    all.min = Math.min(all.min, min)
    all.max = Math.max(all.max, max)
    all.mean += (y - all.mean) * (count / all.count)
  }
  return all
}

/** The unit that all lines share: null if none has one, undefined if they differ. */
export function commonUnit(lines: readonly { unit: string | null }[]): string | null | undefined {
  const [first, ...rest] = lines.map(({ unit }) => unit || null)
  return first !== undefined && rest.every((unit) => unit === first) ? first : undefined
}

/** The ids of points without a neighbour within the gap, in milliseconds: no line connects them. */
export function isolatedPoints(points: readonly Point[], gap: number): ReadonlySet<number> {
  const far = (one: Point | undefined, other: Point) => !one || Math.abs(one.x - other.x) > gap
  return new Set(
    points.filter((point, at) => far(points[at - 1], point) && far(points[at + 1], point)).map(({ id }) => id),
  )
}

/** The maximum gap within one line: four times the median gap. */
export const maxLineGap = (points: readonly Point[]): number => Math.max(1000, 4 * (medianGap(points) ?? 0))
