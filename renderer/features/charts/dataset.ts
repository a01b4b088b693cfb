// A series as Chart.js draws it.
import type { ChartDataset } from 'chart.js'
import type { Point } from './readSamples.ts'
import { longestGap } from './statistics.ts'

interface Drawing {
  colour: string
  /** Milliseconds since 1970. */
  from: number
  to: number
}

/** Of very many points, those that are drawn lie this part of the span apart at most. */
const DRAWN_APART = 200

export const datasetOf = (points: readonly Point[], { colour, from, to }: Drawing): ChartDataset<'line', Point[]> => ({
  data: [...points],
  borderColor: colour,
  backgroundColor: colour,
  borderWidth: 1.75,
  pointHitRadius: 8,
  spanGaps: gapOf(points, from, to),
})

/** The range of every mean: the upper edge, filled down to the lower one, which comes next. */
export const rangeOf = (points: readonly Point[], drawing: Drawing): ChartDataset<'line', Point[]>[] => {
  const edge = (fill: '+1' | false, at: (point: Point) => number): ChartDataset<'line', Point[]> => ({
    ...datasetOf(points, drawing),
    data: points.map((point) => ({ ...point, y: at(point) })),
    borderWidth: 0,
    pointRadius: 0,
    pointHoverRadius: 0,
    fill,
  })
  return [edge('+1', ({ y, most = y }) => most), edge(false, ({ y, least = y }) => least)]
}

/** Samples that lie farther apart are no line, in milliseconds. */
export const gapOf = (points: readonly Point[], from: number, to: number): number =>
  Math.max(longestGap(points), (to - from) / DRAWN_APART)
