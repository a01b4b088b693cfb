// A series as Chart.js draws it.
import type { ChartDataset } from 'chart.js'
import type { Point } from './readSamples.ts'
import { maxLineGap } from './statistics.ts'

interface LineOptions {
  colour: string
  /** Milliseconds since 1970. */
  from: number
  to: number
}

/** Of very many points, those that are drawn lie this part of the span apart at most. */
const GAPS_PER_SPAN = 200

export const toDataset = (
  points: readonly Point[],
  { colour, from, to }: LineOptions,
): ChartDataset<'line', Point[]> => ({
  data: [...points],
  borderColor: colour,
  backgroundColor: colour,
  borderWidth: 1.75,
  pointHitRadius: 8,
  spanGaps: maxGap(points, from, to),
})

/** The range of every mean: the upper edge, filled down to the lower one, which comes next. */
export const rangeDatasets = (points: readonly Point[], options: LineOptions): ChartDataset<'line', Point[]>[] => {
  const edge = (fill: '+1' | false, at: (point: Point) => number): ChartDataset<'line', Point[]> => ({
    ...toDataset(points, options),
    data: points.map((point) => ({ ...point, y: at(point) })),
    borderWidth: 0,
    pointRadius: 0,
    pointHoverRadius: 0,
    fill,
  })
  return [edge('+1', ({ y, max = y }) => max), edge(false, ({ y, min = y }) => min)]
}

/** Samples that lie farther apart are no line, in milliseconds. */
export const maxGap = (points: readonly Point[], from: number, to: number): number =>
  Math.max(maxLineGap(points), (to - from) / GAPS_PER_SPAN)
