// What a chart shows, in figures.
import type { Point } from '../../client/readSamples.ts'

export interface Statistics {
  least: number
  most: number
  mean: number
  latest: number
}

export function statisticsOf(points: readonly Point[]): Statistics | undefined {
  const latest = points.at(-1)
  if (!latest) return undefined
  let least = latest.y
  let most = latest.y
  let sum = 0
  for (const { y } of points) {
    least = Math.min(least, y)
    most = Math.max(most, y)
    sum += y
  }
  return { least, most, mean: sum / points.length, latest: latest.y }
}

/** The unit that all share: null where none has one, undefined where they differ. */
export function commonUnit(lines: readonly { unit: string | null }[]): string | null | undefined {
  const [first, ...rest] = lines.map(({ unit }) => unit || null)
  return first !== undefined && rest.every((unit) => unit === first) ? first : undefined
}

/** The ids of those that no line reaches, since their neighbours lie farther away than the gap, in milliseconds. */
export function alone(points: readonly Point[], gap: number): ReadonlySet<number> {
  const far = (one: Point | undefined, other: Point) => !one || Math.abs(one.x - other.x) > gap
  return new Set(
    points.filter((point, at) => far(points[at - 1], point) && far(points[at + 1], point)).map(({ id }) => id),
  )
}

/** How far apart samples may lie and still be one line: four times what is usual. */
export function longestGap(points: readonly Point[]): number {
  const gaps = points.slice(1).map(({ x }, index) => x - points[index]!.x)
  const middle = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]
  return Math.max(1000, 4 * (middle ?? 0))
}
