// A series as a Chart.js dataset.
import type { ChartDataset } from 'chart.js'
import type { Point } from './readSamples.ts'
import { maxLineGap } from './statistics.ts'

interface LineOptions {
  colour: string
  /** Milliseconds since 1970. */
  from: number
  to: number
}

/** After decimation, the maximum distance of drawn points as a fraction of the span. */
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

/** The range of each mean: the upper edge, filled down to the lower edge, which is the next dataset. */
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

/** Samples with a larger gap are not connected, in milliseconds. */
export const maxGap = (points: readonly Point[], from: number, to: number): number =>
  Math.max(maxLineGap(points), (to - from) / GAPS_PER_SPAN)
